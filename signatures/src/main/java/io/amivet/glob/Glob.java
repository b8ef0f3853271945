package io.amivet.glob;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
  private static final String WILDCARDS = "*?[";

  /** What most paths of a system start with. */
  private static final Set<String> USUAL_DIRECTORIES =
      Set.of(
          "bin", "etc", "home", "lib", "lib64", "libexec", "local", "opt", "root", "run", "sbin",
          "share", "src", "srv", "usr", "var");

  private final String text;
  private final String literalPrefix;
  private final String lastName;

  /** One for each name; empty stands for {@code **}. Null until the first path comes along. */
  private @Nullable List<Optional<NamePattern>> names;

  private Glob(String text) {
    this.text = text;
    this.literalPrefix = prefixOf(text);
    this.lastName = text.substring(text.lastIndexOf('/') + 1);
  }

  /**
   * The globs that {@code text} stands for: one for each brace alternative.
   *
   * @throws IllegalArgumentException with the reason if it is not a glob
   */
  public static List<Glob> parse(String text) {
    List<Glob> globs = ofVerified(text);
    globs.forEach(Glob::names);
    return globs;
  }

  /**
   * The same for a text that {@link #parse} took before. Names are taken apart when the first path
   * comes that they might match: most of the globs of a rule pack never meet one.
   */
  public static List<Glob> ofVerified(String text) {
    if (text.length() > MAX_CHARS) {
      throw new IllegalArgumentException("glob longer than " + MAX_CHARS + " characters");
    }
    List<Glob> globs = new ArrayList<>();
    for (String alternative : Braces.expand(text)) {
      globs.add(new Glob(alternative));
    }
    return globs;
  }

  private List<Optional<NamePattern>> names() {
    List<Optional<NamePattern>> known = names;
    if (known == null) {
      known = parseNames(text);
      // Two threads may both get here, and make equal lists.
      names = known;
    }
    return known;
  }

  private static List<Optional<NamePattern>> parseNames(String text) {
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
    return List.copyOf(names);
  }

  private static String prefixOf(String text) {
    int end = text.length();
    for (int i = 0; i < WILDCARDS.length(); i++) {
      int at = text.indexOf(WILDCARDS.charAt(i));
      end = at < 0 ? end : Math.min(end, at);
    }
    return text.substring(0, text.lastIndexOf('/', end - 1) + 1);
  }

  private static boolean isLiteral(String text) {
    for (int i = 0; i < WILDCARDS.length(); i++) {
      if (text.indexOf(WILDCARDS.charAt(i)) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** The directories, ending in {@code /}, that each matching path starts with. */
  public String literalPrefix() {
    return literalPrefix;
  }

  /** The name that each matching path ends in, or empty if there are several. */
  public String literalName() {
    return isLiteral(lastName) ? lastName : "";
  }

  /** What the name of each matching path starts with, up to the first wildcard; may be empty. */
  public String literalStartOfName() {
    int end = 0;
    while (end < lastName.length() && WILDCARDS.indexOf(lastName.charAt(end)) < 0) {
      end++;
    }
    return lastName.substring(0, end);
  }

  /** The literal {@code .ext} that the name of each matching path ends in, or empty. */
  public String extension() {
    int dot = lastName.lastIndexOf('.');
    if (dot < 0 || dot == lastName.length() - 1) {
      return "";
    }
    String tail = lastName.substring(dot);
    return isLiteral(tail) && tail.indexOf(']') < 0 ? tail : "";
  }

  /**
   * A directory that each matching path has on its way, the rarest of those that the glob names; or
   * empty if it names none but the usual ones.
   */
  public String tellingDirectory() {
    String telling = "";
    int start = 1;
    for (int end = text.indexOf('/', 1); end >= 0; end = text.indexOf('/', start)) {
      String name = text.substring(start, end);
      if (isLiteral(name) && !USUAL_DIRECTORIES.contains(name)) {
        telling = name;
      }
      start = end + 1;
    }
    return telling;
  }

  /**
   * Whether the glob itself leads below a directory: some path below it matches, and not only
   * because {@code **} in front lets any directory pass.
   *
   * @param directory absolute, without a slash at its end
   */
  public boolean leadsBelow(String directory) {
    List<Optional<NamePattern>> known = names();
    int name = 0;
    for (int at = 0; at < directory.length(); name++) {
      if (name == known.size()) {
        return false;
      }
      Optional<NamePattern> pattern = known.get(name);
      if (pattern.isEmpty()) {
        return name > 0;
      }
      int end = nameEnd(directory, at + 1);
      if (!pattern.get().matches(directory, at + 1, end)) {
        return false;
      }
      at = end;
    }
    return name < known.size();
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
    List<Optional<NamePattern>> known = names();
    Optional<NamePattern> last = known.getLast();
    if (last.isPresent()) {
      // Most paths that meet a glob end in another name.
      int nameStart = path.lastIndexOf('/') + 1;
      if (nameStart <= from || !last.get().matches(path, nameStart, path.length())) {
        return false;
      }
      if (known.size() == 2 && known.getFirst().isEmpty()) {
        return true;
      }
    }
    return matches(known, path, from);
  }

  private static boolean matches(List<Optional<NamePattern>> names, String path, int from) {
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
