package io.amivet.volume.lvm;

import io.amivet.volume.lvm.ConfigParser.SyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A volume group as its metadata describes it ({@code lib/format_text/import_vsn1.c}).
 *
 * @param id 32 characters, without dashes
 * @param seqno grows with every change
 * @param physical by the names that the text gives them, {@code pv0}
 */
record GroupText(
    String name,
    String id,
    long seqno,
    long extentBytes,
    Map<String, Physical> physical,
    Map<String, Logical> logical) {
  static final int MAX_NAME = 128;

  /** Fields of all segment types that name other volumes (their {@code text_import} functions). */
  private static final List<String> PART_FIELDS =
      List.of(
          "stripes",
          "mirrors",
          "mirror_log",
          "raids",
          "raid0_lvs",
          "origin",
          "external_origin",
          "cow_store",
          "merging_store",
          "metadata",
          "pool",
          "thin_pool",
          "data",
          "cache_pool",
          "writecache",
          "vdo_pool",
          "meta_dev");

  private static final long MAX_SECTORS = Long.MAX_VALUE >> 10;
  private static final long MAX_EXTENTS = Integer.MAX_VALUE;

  /**
   * A physical volume.
   *
   * @param device where it was when the text was written
   * @param startBytes where its first extent lies
   */
  record Physical(String id, String device, long startBytes) {}

  /** A logical volume with its segments in order. */
  record Logical(String name, boolean visible, List<Segment> segments) {}

  /**
   * A part of a logical volume.
   *
   * @param type {@code striped}, {@code raid1}, {@code thin} …
   * @param text the section itself, for the fields of its type
   */
  record Segment(long startExtent, long extents, String type, ConfigSection text) {

    /** Names of the volumes, physical and logical, that it is made of. */
    List<String> parts() {
      List<String> parts = new ArrayList<>();
      for (String field : PART_FIELDS) {
        for (Object value : text.list(field)) {
          if (value instanceof String part) {
            parts.add(part);
          }
        }
      }
      return parts;
    }
  }

  /**
   * @throws SyntaxException if it is not the text of a volume group, or a field that the layout
   *     depends on is missing or impossible
   */
  static GroupText parse(String text) throws SyntaxException {
    Map.Entry<String, ConfigSection> group =
        ConfigParser.parse(text).sections().entrySet().stream()
            .findFirst()
            .orElseThrow(() -> new SyntaxException("no volume group in the text"));
    ConfigSection vg = group.getValue();
    String id = undashed(vg.text("id"));
    if (id.isEmpty()) {
      throw new SyntaxException("volume group without an id");
    }
    Map<String, Physical> physical = new LinkedHashMap<>();
    for (var entry : sections(vg, "physical_volumes").entrySet()) {
      ConfigSection pv = entry.getValue();
      long pe_start = number(pv, "pe_start", MAX_SECTORS);
      physical.put(
          entry.getKey(), new Physical(undashed(pv.text("id")), pv.text("device"), pe_start << 9));
    }
    Map<String, Logical> logical = new LinkedHashMap<>();
    for (var entry : sections(vg, "logical_volumes").entrySet()) {
      logical.put(entry.getKey(), logical(name(entry.getKey()), entry.getValue()));
    }
    long extentSectors = number(vg, "extent_size", MAX_EXTENTS);
    if (extentSectors == 0) {
      throw new SyntaxException("extents of no size");
    }
    return new GroupText(
        name(group.getKey()),
        id,
        number(vg, "seqno", Long.MAX_VALUE),
        extentSectors << 9,
        physical,
        logical);
  }

  private static Map<String, ConfigSection> sections(ConfigSection parent, String name) {
    return parent.section(name).map(ConfigSection::sections).orElse(Map.of());
  }

  private static Logical logical(String name, ConfigSection lv) throws SyntaxException {
    List<Segment> segments = new ArrayList<>();
    for (ConfigSection segment : lv.sections().values()) {
      segments.add(
          new Segment(
              number(segment, "start_extent", MAX_EXTENTS),
              number(segment, "extent_count", MAX_EXTENTS),
              segment.text("type"),
              segment));
    }
    segments.sort(Comparator.comparingLong(Segment::startExtent));
    return new Logical(name, lv.list("status").contains("VISIBLE"), segments);
  }

  private static String name(String name) throws SyntaxException {
    if (name.length() > MAX_NAME) {
      throw new SyntaxException("name of " + name.length() + " characters");
    }
    return name;
  }

  private static long number(ConfigSection section, String name, long max) throws SyntaxException {
    Optional<Long> number = section.number(name, max);
    return number.orElseThrow(() -> new SyntaxException("no possible value of " + name));
  }

  private static String undashed(String id) {
    return id.replace("-", "");
  }
}
