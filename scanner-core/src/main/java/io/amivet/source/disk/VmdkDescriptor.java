package io.amivet.source.disk;

import io.amivet.block.UnsupportedFeatureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text that describes a VMDK disk, alone in a file or inside a sparse extent; VMware's "Virtual
 * Disk Format 5.0", "The Descriptor File".
 *
 * @param createType {@code monolithicSparse}, {@code twoGbMaxExtentFlat} …; empty if not stated
 * @param extents in the order of the disk
 */
record VmdkDescriptor(String createType, List<Extent> extents) {
  static final int MAX_BYTES = 1 << 20;

  /** Disks of 62 TiB in pieces of 2 GiB have as many. */
  private static final int MAX_EXTENTS = 1 << 15;

  private static final String FIRST_LINE = "# disk descriptorfile";
  private static final Pattern EXTENT =
      Pattern.compile(
          "(RW|RDONLY|NOACCESS)\\s+([0-9]{1,18})\\s+([A-Z]+)(?:\\s+\"([^\"]*)\"(?:\\s+([0-9]{1,18}))?.*)?");
  private static final Pattern SETTING = Pattern.compile("([A-Za-z.]+)\\s*=\\s*\"?([^\"]*)\"?");
  private static final String NO_PARENT = "ffffffff";

  /**
   * One line of the extent description.
   *
   * @param type {@code SPARSE}, {@code FLAT}, {@code ZERO}, {@code VMFS} …
   * @param fileName as stated; empty for {@code ZERO}
   * @param offsetSectors where a flat extent starts in its file
   */
  record Extent(long sizeSectors, String type, String fileName, long offsetSectors) {}

  /** Whether a file starts like a descriptor. */
  static boolean starts(byte[] head) {
    return new String(head, StandardCharsets.ISO_8859_1)
        .stripLeading()
        .toLowerCase(Locale.ROOT)
        .startsWith(FIRST_LINE);
  }

  /**
   * Reads the text up to its end or its first NUL.
   *
   * @throws UnsupportedFeatureException if the disk is only the difference to a parent
   */
  static VmdkDescriptor parse(String what, byte[] bytes) throws IOException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.indexOf('\0');
    Map<String, String> settings = new HashMap<>();
    List<Extent> extents = new ArrayList<>();
    for (String line : (end < 0 ? text : text.substring(0, end)).split("\\R")) {
      Matcher extent = EXTENT.matcher(line.strip());
      Matcher setting = SETTING.matcher(line.strip());
      if (extent.matches()) {
        extents.add(extent(extent));
      } else if (setting.matches()) {
        settings.putIfAbsent(setting.group(1).toLowerCase(Locale.ROOT), setting.group(2).strip());
      }
      if (extents.size() > MAX_EXTENTS) {
        throw new UnsupportedFeatureException(what, List.of("more than 32768 extents"));
      }
    }
    String parent = settings.getOrDefault("parentcid", NO_PARENT);
    if (!parent.equalsIgnoreCase(NO_PARENT) || settings.containsKey("parentfilenamehint")) {
      String name = settings.getOrDefault("parentfilenamehint", parent);
      throw new UnsupportedFeatureException(
          what, List.of("a parent image of a chain of snapshots (" + name + ")"));
    }
    return new VmdkDescriptor(settings.getOrDefault("createtype", ""), extents);
  }

  private static Extent extent(Matcher line) {
    String file = line.group(4);
    String offset = line.group(5);
    return new Extent(
        Long.parseLong(line.group(2)),
        line.group(3),
        file == null ? "" : file,
        offset == null ? 0 : Long.parseLong(offset));
  }
}
