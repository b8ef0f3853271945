package io.amivet.artifact.key;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One armoured block (RFC 7468, RFC 1421 headers included), also where it is embedded in YAML, JSON
 * or source code: indented, quoted, or with {@code \n} written out.
 *
 * @param label between {@code BEGIN} and the dashes
 * @param headers such as {@code DEK-Info}
 * @param body decoded
 */
record PemBlock(String label, Map<String, String> headers, byte[] body, int line, long offset) {

  /** Longer than an armoured 16,384-bit key by far. */
  private static final int MAX_BLOCK_CHARS = 64 << 10;

  private static final int MAX_BLOCKS = 200;
  private static final String BEGIN = "-----BEGIN ";
  private static final String DASHES = "-----";

  /**
   * Quotes and a {@code +} outside of them join string literals; commas and backslashes end lines.
   */
  private static final Pattern LINE_START = Pattern.compile("^[\\s|>#]*+\\+?+\\s*+[\"'`]");

  /** What is left between two string literals. */
  private static final Pattern GLUE = Pattern.compile("[\\s+,;()\\\\.]*[\"'`][\\s+,;()\\\\.\"'`]*");

  private static final Pattern LINE_END = Pattern.compile("[\"'`]\\s*+[+,;)\\\\]*+\\s*+$");
  private static final Pattern BASE64_LINE = Pattern.compile("[A-Za-z0-9+/]{1,4096}={0,2}");

  /** All complete blocks in {@code text} that carry one of {@code labels}. */
  static List<PemBlock> find(String text, Set<String> labels) {
    List<PemBlock> blocks = new ArrayList<>();
    LineCounter lines = new LineCounter(text);
    int at = text.indexOf(BEGIN);
    while (at >= 0 && blocks.size() < MAX_BLOCKS) {
      int labelStart = at + BEGIN.length();
      int labelEnd = text.indexOf(DASHES, labelStart);
      int next = labelStart;
      if (labelEnd > 0 && labelEnd - labelStart <= 64) {
        String label = text.substring(labelStart, labelEnd);
        int bodyStart = labelEnd + DASHES.length();
        int end = labels.contains(label) ? endOf(text, label, bodyStart) : -1;
        if (end >= 0) {
          add(blocks, label, text.substring(bodyStart, end), lines.lineAt(at), at);
          next = end;
        }
      }
      at = text.indexOf(BEGIN, next);
    }
    return blocks;
  }

  /** Index of the matching END line, if no other BEGIN comes first. */
  private static int endOf(String text, String label, int from) {
    int begin = text.indexOf(BEGIN, from);
    int limit = Math.min(begin < 0 ? text.length() : begin, from + MAX_BLOCK_CHARS);
    int end =
        text.substring(from, Math.min(limit, text.length())).indexOf("-----END " + label + DASHES);
    return end < 0 ? -1 : from + end;
  }

  private static void add(
      List<PemBlock> blocks, String label, String inner, int line, long offset) {
    Map<String, String> headers = new TreeMap<>();
    StringBuilder base64 = new StringBuilder();
    for (String raw : unescape(inner).split("[\\r\\n]+")) {
      if (GLUE.matcher(raw).matches()) {
        continue;
      }
      String text = LINE_END.matcher(LINE_START.matcher(raw).replaceFirst("")).replaceFirst("");
      text = text.strip();
      int colon = text.indexOf(':');
      if (colon > 0) {
        headers.put(text.substring(0, colon), text.substring(colon + 1).strip());
      } else if (text.startsWith("=") && label.startsWith("PGP")) {
        break; // the CRC of an OpenPGP armour
      } else if (BASE64_LINE.matcher(text).matches()) {
        base64.append(text);
      } else if (!text.isEmpty()) {
        return;
      }
    }
    byte[] body = decode(base64.toString());
    if (body.length > 0) {
      blocks.add(new PemBlock(label, headers, body, line, offset));
    }
  }

  private static String unescape(String inner) {
    return inner
        .replace("\\\\n", "\n")
        .replace("\\r", "\n")
        .replace("\\n", "\n")
        .replace("\\/", "/")
        .replace(" ", inner.indexOf('\n') < 0 && inner.indexOf('\\') < 0 ? "\n" : " ");
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /** Line numbers for ascending offsets, without counting twice. */
  private static final class LineCounter {
    private final String text;
    private int offset;
    private int line = 1;

    LineCounter(String text) {
      this.text = text;
    }

    int lineAt(int target) {
      for (; offset < target; offset++) {
        if (text.charAt(offset) == '\n') {
          line++;
        }
      }
      return line;
    }
  }
}
