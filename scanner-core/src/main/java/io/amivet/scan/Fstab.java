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
 * DeviceNames}, and of btrfs a subvolume by its path or id. Blanks in a field are written as octal
 * escapes.
 */
final class Fstab {
  private static final int MAX_LINES = 1_000;

  private static final Pattern OCTAL = Pattern.compile("\\\\([0-3][0-7]{2})");

  private static final Pattern SUBVOLUME = Pattern.compile("(?:.*,)?subvol=/*([^,]*)(?:,.*)?");
  private static final Pattern SUBVOLUME_ID = Pattern.compile("(?:.*,)?subvolid=([0-9]+)(?:,.*)?");

  private record Line(String spec, FsPath point, String options) {
    /** Whether this part of the volume is what the line mounts. */
    boolean picks(VolumePart part) {
      Matcher byPath = SUBVOLUME.matcher(options);
      Matcher byId = SUBVOLUME_ID.matcher(options);
      if (byId.matches()) {
        return byId.group(1).equals(Long.toUnsignedString(part.id()));
      }
      return byPath.matches()
          ? FsPath.of("/" + byPath.group(1)).equals(part.top())
          : part.byDefault();
    }
  }

  private final List<Line> lines;

  private Fstab(List<Line> lines) {
    this.lines = lines;
  }

  /** Of an image that has none. */
  static Fstab none() {
    return new Fstab(List.of());
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
                new Line(
                    unescape(fields[0].replace("\"", "")),
                    FsPath.of(unescape(fields[1])),
                    fields.length > 3 ? unescape(fields[3]) : ""));
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

  /** Where a part of a volume is mounted, if a line names it. */
  Optional<FsPath> pointOf(VolumePart part) {
    DeviceNames names = new DeviceNames(part.volume().volume());
    for (Line line : lines) {
      if (names.contains(line.spec()) && line.picks(part)) {
        return Optional.of(line.point());
      }
    }
    return Optional.empty();
  }
}
