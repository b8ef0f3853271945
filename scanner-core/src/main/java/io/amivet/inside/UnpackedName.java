package io.amivet.inside;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What tools call the contents of a compressed file. */
final class UnpackedName {
  private static final List<String> SUFFIXES =
      List.of(".gz", ".xz", ".bz2", ".zst", ".lz4", ".lzma", ".z", ".bz");
  private static final Map<String, String> TAR_SUFFIXES =
      Map.of(
          ".tgz", ".tar", ".taz", ".tar", ".txz", ".tar", ".tbz", ".tar", ".tbz2", ".tar", ".tzst",
          ".tar", ".tlz", ".tar", ".svgz", ".svg");

  private UnpackedName() {}

  /** {@code auth.log.1} for {@code auth.log.1.gz}; the name itself if it has no such ending. */
  static String of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String suffix : SUFFIXES) {
      if (lower.endsWith(suffix) && name.length() > suffix.length()) {
        return name.substring(0, name.length() - suffix.length());
      }
    }
    for (Map.Entry<String, String> suffix : TAR_SUFFIXES.entrySet()) {
      if (lower.endsWith(suffix.getKey()) && name.length() > suffix.getKey().length()) {
        return name.substring(0, name.length() - suffix.getKey().length()) + suffix.getValue();
      }
    }
    return name;
  }
}
