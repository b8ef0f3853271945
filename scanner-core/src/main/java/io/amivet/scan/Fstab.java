package io.amivet.scan;

import io.amivet.fs.FsPath;
import io.amivet.volume.Volume;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of {@code /etc/fstab} (fstab(5)) that place a volume by what identifies it, see {@link
 * DeviceNames}. Blanks in a field are written as octal escapes.
 */
final class Fstab {
  private static final int MAX_LINES = 1_000;

  private static final Pattern OCTAL = Pattern.compile("\\\\([0-3][0-7]{2})");

  private record Line(String spec, FsPath point) {}

  private final List<Line> lines;

  private Fstab(List<Line> lines) {
    this.lines = lines;
  }

  static Fstab parse(byte[] bytes) {
    List<Line> lines = new ArrayList<>();
    String text = new String(bytes, StandardCharsets.UTF_8);
    text.lines()
        .limit(MAX_LINES)
        .forEach(line -> {
          String[] fields = line.strip().split("[ \t]+");
          if (fields.length >= 2 && !fields[0].startsWith("#") && fields[1].startsWith("/")) {
            lines.add(
                new Line(unescape(fields[0].replace("\"", "")), FsPath.of(unescape(fields[1]))));
          }
        });
    return new Fstab(lines);
  }

  private static String unescape(String field) {
    return OCTAL
        .matcher(field)
        .replaceAll(found ->
            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 8))));
  }

  /** Where {@code volume} is mounted, if a line names it. */
  Optional<FsPath> pointOf(Volume volume) {
    DeviceNames names = new DeviceNames(volume);
    for (Line line : lines) {
      if (names.contains(line.spec())) {
        return Optional.of(line.point());
      }
    }
    return Optional.empty();
  }
}
