package io.amivet.policy;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host, or several, that logs may be sent to: a name, {@code *.} and a domain, an address, or a
 * range of addresses in CIDR notation (RFC 4632, RFC 4291).
 */
public final class LogTarget {
  private static final Pattern NAME =
      Pattern.compile(
          "(\\*\\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*");
  private static final Pattern LOOKS_NUMERIC = Pattern.compile("[0-9.]+(/.*)?|.*:.*");
  private static final Pattern RANGE = Pattern.compile("([^/]+)/([0-9]{1,3})");

  private final String text;
  private final byte[] network;
  private final int prefixBits;

  private LogTarget(String text, byte[] network, int prefixBits) {
    this.text = text;
    this.network = network;
    this.prefixBits = prefixBits;
  }

  /** The target written as {@code text}, or empty if it is none. */
  public static Optional<LogTarget> parse(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    Matcher range = RANGE.matcher(lower);
    if (range.matches()) {
      int bits = Integer.parseInt(range.group(2));
      return address(range.group(1))
          .filter(bytes -> bits <= bytes.length * 8)
          .map(bytes -> new LogTarget(lower, bytes, bits));
    }
    Optional<byte[]> address = address(lower);
    if (address.isPresent()) {
      return address.map(bytes -> new LogTarget(lower, bytes, bytes.length * 8));
    }
    return LOOKS_NUMERIC.matcher(lower).matches() || !NAME.matcher(lower).matches()
        ? Optional.empty()
        : Optional.of(new LogTarget(lower, new byte[0], 0));
  }

  /** Whether {@code host}, a name or an address, is meant. Never asks a name server. */
  public boolean covers(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    if (network.length > 0) {
      return address(lower).filter(this::inRange).isPresent();
    }
    String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    return text.startsWith("*.")
        ? name.length() > text.length() - 1 && name.endsWith(text.substring(1))
        : name.equals(text);
  }

  private boolean inRange(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    for (int bit = 0; bit < prefixBits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static Optional<byte[]> address(String text) {
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    if (!LOOKS_NUMERIC.matcher(bare).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(bare).getAddress());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
