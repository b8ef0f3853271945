package io.amivet.inside;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Where something is inside a file of the image: the names of the archives around it and its own,
 * each a relative path. The file itself is the empty path.
 */
public record MemberPath(List<String> names) {
  /** The file of the image. */
  public static final MemberPath FILE = new MemberPath(List.of());

  /** What stands between the name of an archive and that of a member. */
  public static final String SEPARATOR = "!";

  private static final int MAX_NAME_CHARS = 4096;

  public MemberPath {
    names = List.copyOf(names);
  }

  /** The member {@code name} of this archive. */
  MemberPath member(String name) {
    List<String> longer = new ArrayList<>(names);
    longer.add(name);
    return new MemberPath(longer);
  }

  public boolean isFile() {
    return names.isEmpty();
  }

  /** {@code inner.tgz!etc/shadow}: one char a byte. */
  public String latin1() {
    return String.join(SEPARATOR, names);
  }

  /** For people: malformed bytes become U+FFFD. Still hostile text: escape before showing. */
  @Override
  public String toString() {
    return new String(latin1().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /**
   * A member's name as a relative path without empty names, {@code .} and {@code ..}; never empty,
   * at most 4,096 characters.
   */
  static String clean(String raw) {
    StringBuilder clean = new StringBuilder();
    String bounded = raw.length() > MAX_NAME_CHARS ? raw.substring(0, MAX_NAME_CHARS) : raw;
    for (String name : bounded.replace('\0', '_').split("/")) {
      if (!name.isEmpty() && !name.equals(".") && !name.equals("..")) {
        clean.append(clean.isEmpty() ? "" : "/").append(name);
      }
    }
    return clean.isEmpty() ? "unnamed" : clean.toString();
  }
}
