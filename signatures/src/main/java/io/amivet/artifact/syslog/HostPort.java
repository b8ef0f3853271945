package io.amivet.artifact.syslog;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A destination as configurations write it: {@code host}, {@code host:514}, {@code [fd00::1]:514},
 * {@code https://user:pw@host:9200/path}.
 *
 * @param scheme of a URL, lower case, or empty
 * @param host without brackets
 * @param port or empty
 * @param password in a URL's userinfo, or empty
 */
record HostPort(String scheme, String host, String port, String password) {
  private static final int MAX_CHARS = 2048;

  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?<scheme>[A-Za-z][A-Za-z0-9+.-]{0,20})://)?(?:(?<userinfo>[^/?#\\s]{0,1024})@)?"
              + "(?:\\[(?<bracketed>[0-9A-Fa-f:.%a-z]{2,64})\\]|(?<bare>[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7})"
              + "|(?<name>[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,253})))"
              + "(?::(?<port>[A-Za-z0-9-]{1,20}))?(?:[/?#].*)?",
          Pattern.DOTALL);

  static Optional<HostPort> parse(String text) {
    Matcher form = FORM.matcher(text.length() > MAX_CHARS ? "" : text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    String host = first(form.group("bracketed"), form.group("bare"), form.group("name"));
    String userinfo = first(form.group("userinfo"));
    int colon = userinfo.indexOf(':');
    return Optional.of(
        new HostPort(
            first(form.group("scheme")).toLowerCase(Locale.ROOT),
            host,
            first(form.group("port")),
            colon < 0 ? "" : userinfo.substring(colon + 1)));
  }

  private static String first(@org.jspecify.annotations.Nullable String... texts) {
    for (String text : texts) {
      if (text != null) {
        return text;
      }
    }
    return "";
  }
}
