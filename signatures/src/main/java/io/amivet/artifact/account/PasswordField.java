package io.amivet.artifact.account;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The password field of a {@code passwd} or {@code shadow} line (shadow(5), crypt(5)). Prints
 * without the hash.
 */
public final class PasswordField {

  enum State {
    /** Nothing: logs in without a password. */
    EMPTY,
    /** A hash that a password opens. */
    USABLE,
    /** No password opens it, and no hash is kept. */
    LOCKED,
    /** Locked by a prefix, with the hash kept behind it. */
    LOCKED_HASH,
    /** {@code x}: look in shadow. */
    ELSEWHERE,
    /** Text that no crypt(3) scheme produces: opens nothing. */
    INVALID
  }

  private record Shape(String scheme, Pattern pattern) {}

  private static final String B64 = "[./0-9A-Za-z]";

  /** What crypt(5) produces, in full; a shortened hash matches none. */
  private static final List<Shape> SHAPES =
      List.of(
          shape(
              "sha512", "\\$6\\$(?:rounds=(?<cost>\\d{1,9})\\$)?[^$:\\n]{0,16}\\$" + B64 + "{86}"),
          shape(
              "sha256", "\\$5\\$(?:rounds=(?<cost>\\d{1,9})\\$)?[^$:\\n]{0,16}\\$" + B64 + "{43}"),
          shape(
              "yescrypt",
              "\\$y\\$(?<cost>" + B64 + "{1,32})\\$" + B64 + "{0,86}\\$" + B64 + "{43}"),
          shape(
              "gost-yescrypt",
              "\\$gy\\$(?<cost>" + B64 + "{1,32})\\$" + B64 + "{0,86}\\$" + B64 + "{43}"),
          shape("scrypt", "\\$7\\$(?<cost>" + B64 + "{11})[^$:\\n]{0,86}\\$" + B64 + "{43}"),
          shape("bcrypt", "\\$2[abxy]\\$(?<cost>\\d\\d)\\$" + B64 + "{53}"),
          shape("md5", "\\$1\\$[^$:\\n]{0,8}\\$" + B64 + "{22}"),
          shape("sha1", "\\$sha1\\$(?<cost>\\d{1,10})\\$" + B64 + "{1,64}\\$" + B64 + "{28}"),
          shape("sunmd5", "\\$md5(?:,rounds=\\d{1,9})?\\$[^$:\\n]{0,16}\\$\\$?" + B64 + "{22}"),
          shape("nt", "\\$3\\$\\$[0-9a-f]{32}"),
          shape("bsdi", "_" + B64 + "{19}"),
          shape("des", B64 + "{13}"));

  /** What htpasswd(1) and htdigest(1) write besides. */
  private static final List<Shape> WEB_SHAPES =
      List.of(
          shape("apr1", "\\$apr1\\$[^$:\\n]{0,8}\\$" + B64 + "{22}"),
          shape("sha", "\\{SHA\\}[A-Za-z0-9+/]{27}="),
          shape("digest", "[^:\\n]{1,200}:[^:\\n]{1,200}:[0-9a-f]{32}"));

  private final State state;
  private final String scheme;
  private final String cost;
  private final String hash;

  private PasswordField(State state, String scheme, String cost, String hash) {
    this.state = state;
    this.scheme = scheme;
    this.cost = cost;
    this.hash = hash;
  }

  static PasswordField parse(String field) {
    if (field.isEmpty()) {
      return bare(State.EMPTY);
    }
    if (field.equals("x")) {
      return bare(State.ELSEWHERE);
    }
    int start = 0;
    while (start < field.length() && "!*".indexOf(field.charAt(start)) >= 0) {
      start++;
    }
    Optional<PasswordField> hash = hash(SHAPES, field.substring(start), start > 0);
    if (hash.isPresent()) {
      return hash.get();
    }
    return bare(start > 0 ? State.LOCKED : State.INVALID);
  }

  /**
   * A hash of a web server's password file, where nothing is ever locked.
   *
   * @param hash as in the file; of a digest the whole line
   */
  public static Optional<PasswordField> ofWebServer(String hash) {
    return hash(WEB_SHAPES, hash, false).or(() -> hash(SHAPES, hash, false));
  }

  /** A hash that stands by itself in a text. */
  static Optional<PasswordField> ofHash(String hash) {
    return hash(SHAPES, hash, false);
  }

  State state() {
    return state;
  }

  /** Whether no password opens the account; a key still may. */
  public boolean isLocked() {
    return state == State.LOCKED || state == State.LOCKED_HASH || state == State.INVALID;
  }

  /** Name of the crypt(5) scheme, or empty without a hash. */
  public String scheme() {
    return scheme;
  }

  /** The rounds or cost parameter as written, or empty where the scheme's default holds. */
  String cost() {
    return cost;
  }

  /** The hash itself: a secret. */
  String hash() {
    return hash;
  }

  /** Whether an offline guess is cheap: an old scheme, or too few rounds. */
  boolean isWeak() {
    return switch (scheme) {
      case "des", "bsdi", "md5", "apr1", "sha", "digest", "sha1", "nt" -> true;
      case "sha256", "sha512" -> !cost.isEmpty() && Integer.parseInt(cost) < 5_000;
      case "bcrypt" -> Integer.parseInt(cost) < 8;
      default -> false;
    };
  }

  @Override
  public String toString() {
    return state + (scheme.isEmpty() ? "" : " " + scheme);
  }

  private static Optional<PasswordField> hash(List<Shape> shapes, String text, boolean locked) {
    for (Shape shape : shapes) {
      Matcher matcher = shape.pattern().matcher(text);
      if (matcher.matches()) {
        boolean hasCost = matcher.namedGroups().containsKey("cost");
        String cost = hasCost ? matcher.group("cost") : null;
        State state = locked ? State.LOCKED_HASH : State.USABLE;
        return Optional.of(
            new PasswordField(state, shape.scheme(), cost == null ? "" : cost, text));
      }
    }
    return Optional.empty();
  }

  private static PasswordField bare(State state) {
    return new PasswordField(state, "", "", "");
  }

  private static Shape shape(String scheme, String regex) {
    return new Shape(scheme, Pattern.compile(regex));
  }
}
