package io.amivet.glob;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A glob over paths: {@code *}, {@code ?}, {@code [a-z]} within one name, {@code **} for any number
 * of names, zero included. Names are compared as Latin-1 text, one char a byte. Leading dots are
 * nothing special, unlike in a shell: hidden files are what we look for.
 *
 * <p>Matching goes back only to the last {@code **}, and within a name only to the last {@code *}:
 * its time is bounded by the product of the lengths, whatever the pattern.
 */
public final class Glob {
  private static final int MAX_CHARS = 1024;

  /** One for each name; empty stands for {@code **}. */
  private final List<Optional<NamePattern>> names;

  private final String text;
  private final String literalPrefix;

  private Glob(String text, List<Optional<NamePattern>> names) {
    this.text = text;
    this.names = List.copyOf(names);
    this.literalPrefix = prefixOf(names);
  }

  /**
   * The globs that {@code text} stands for: one for each brace alternative.
   *
   * @throws IllegalArgumentException with the reason if it is not a glob
   */
  public static List<Glob> parse(String text) {
    if (text.length() > MAX_CHARS) {
      throw new IllegalArgumentException("glob longer than " + MAX_CHARS + " characters");
    }
    List<Glob> globs = new ArrayList<>();
    for (String alternative : Braces.expand(text)) {
      globs.add(parseOne(alternative));
    }
    return List.copyOf(globs);
  }

  private static Glob parseOne(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("a glob starts with /: " + text);
    }
    if (text.indexOf('\\') >= 0) {
      throw new IllegalArgumentException("\\ has no meaning in a glob: " + text);
    }
    List<Optional<NamePattern>> names = new ArrayList<>();
    for (String name : text.substring(1).split("/", -1)) {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("empty name in glob: " + text);
      }
      if (name.equals("**")) {
        names.add(Optional.empty());
      } else if (name.contains("**")) {
        throw new IllegalArgumentException("** must be a whole name in glob: " + text);
      } else {
        names.add(Optional.of(NamePattern.parse(name)));
      }
    }
    return new Glob(text, names);
  }

  private static String prefixOf(List<Optional<NamePattern>> names) {
    StringBuilder prefix = new StringBuilder("/");
    for (int i = 0; i + 1 < names.size(); i++) {
      if (names.get(i).isEmpty() || !names.get(i).get().isLiteral()) {
        break;
      }
      prefix.append(names.get(i).get().text()).append('/');
    }
    return prefix.toString();
  }

  /** The directories, ending in {@code /}, that each matching path starts with. */
  public String literalPrefix() {
    return literalPrefix;
  }

  /** The name that each matching path ends in, or empty if there are several. */
  public String literalName() {
    return names.getLast().filter(NamePattern::isLiteral).map(NamePattern::text).orElse("");
  }

  /** The {@code .ext} that each matching path ends in, or empty if there are several. */
  public String extension() {
    return names.getLast().map(NamePattern::extension).orElse("");
  }

  /** Whether the absolute {@code path} matches. */
  public boolean matches(String path) {
    return matches(path, 0);
  }

  /** Whether the part of {@code path} from the slash at {@code from} on matches. */
  public boolean matches(String path, int from) {
    if (!path.startsWith(literalPrefix, from)) {
      return false;
    }
    int name = 0;
    int at = from;
    int starName = -1;
    int starAt = from;
    while (at < path.length()) {
      int end = nameEnd(path, at + 1);
      if (name < names.size() && names.get(name).isEmpty()) {
        starName = name++;
        starAt = at;
      } else if (name < names.size() && names.get(name).get().matches(path, at + 1, end)) {
        name++;
        at = end;
      } else if (starName >= 0) {
        name = starName + 1;
        starAt = nameEnd(path, starAt + 1);
        at = starAt;
      } else {
        return false;
      }
    }
    while (name < names.size() && names.get(name).isEmpty()) {
      name++;
    }
    return name == names.size();
  }

  private static int nameEnd(String path, int from) {
    int slash = path.indexOf('/', from);
    return slash < 0 ? path.length() : slash;
  }

  @Override
  public String toString() {
    return text;
  }
}
