package io.amivet.artifact.syslog;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How far away a host is, by its address or name alone (RFC 1918, 6598, 3927, 4193, 4291). */
enum TargetScope {
  LOOPBACK("loopback"),
  LINK_LOCAL("link-local"),
  PRIVATE("private"),
  PUBLIC("public"),
  AWS("aws"),
  NAME("name");

  private static final Pattern IPV4 =
      Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})");
  private static final Pattern AWS_NAME =
      Pattern.compile(".*\\.(?:amazonaws\\.com(?:\\.cn)?|api\\.aws|aws\\.dev)\\.?");
  private static final Pattern INNER_NAME =
      Pattern.compile(".*\\.(?:internal|local|lan|localdomain|intranet|home\\.arpa)\\.?");

  private final String label;

  TargetScope(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** The scope of {@code host}: an address without brackets, or a name. */
  static TargetScope of(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    Matcher ipv4 = IPV4.matcher(lower.startsWith("::ffff:") ? lower.substring(7) : lower);
    if (ipv4.matches()) {
      return ofIpv4(octet(ipv4, 1), octet(ipv4, 2));
    }
    if (lower.indexOf(':') >= 0) {
      return ofIpv6(lower);
    }
    if (lower.equals("localhost")
        || lower.startsWith("localhost.")
        || lower.equals("ip6-localhost")) {
      return LOOPBACK;
    }
    if (AWS_NAME.matcher(lower).matches()) {
      return AWS;
    }
    return INNER_NAME.matcher(lower).matches() ? PRIVATE : NAME;
  }

  private static int octet(Matcher address, int group) {
    return Integer.parseInt(address.group(group));
  }

  private static TargetScope ofIpv4(int first, int second) {
    if (first == 127 || first == 0) {
      return LOOPBACK;
    }
    if (first == 169 && second == 254) {
      return LINK_LOCAL;
    }
    boolean inner =
        first == 10
            || (first == 172 && second >= 16 && second <= 31)
            || (first == 192 && second == 168)
            || (first == 100 && second >= 64 && second <= 127);
    return inner ? PRIVATE : PUBLIC;
  }

  private static TargetScope ofIpv6(String address) {
    if (address.equals("::1") || address.equals("::")) {
      return LOOPBACK;
    }
    if (address.matches("fe[89ab][0-9a-f]?:.*")) {
      return LINK_LOCAL;
    }
    return address.matches("f[cd][0-9a-f]{0,2}:.*") ? PRIVATE : PUBLIC;
  }
}
