package io.amivet.volume.lvm;

import io.amivet.block.CorruptImageException;
import io.amivet.block.MappedTarget;
import io.amivet.block.MappedTarget.Absent;
import io.amivet.block.MappedTarget.Leg;
import io.amivet.block.MappedTarget.Zeros;
import io.amivet.block.UnsupportedFeatureException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a segment into what device-mapper would be told ({@code lib/striped}, {@code lib/raid}).
 */
final class SegmentMapper {
  private static final long MAX_STRIPE_SECTORS = 1 << 30;
  private static final int MAX_STRIPES = 4096;

  private final long extentBytes;
  private final Areas areas;

  /** Finds what an area of a segment lies on. */
  interface Areas {
    /** Bytes of a physical or logical volume from an extent on. */
    Leg leg(String name, long extent) throws IOException;

    /** The best of several copies of the same bytes. */
    Leg mirror(List<String> images, List<String> metadata) throws IOException;
  }

  SegmentMapper(long extentBytes, Areas areas) {
    this.extentBytes = extentBytes;
    this.areas = areas;
  }

  MappedTarget map(String volume, GroupText.Segment segment) throws IOException {
    if (segment.extents() == 0
        || Math.multiplyHigh(segment.extents(), extentBytes) != 0
        || segment.extents() * extentBytes < 0) {
      throw fault(volume, segment.extents() + " extents of " + extentBytes + " bytes");
    }
    long lengthBytes = segment.extents() * extentBytes;
    return switch (segment.type()) {
      case "striped", "linear" ->
          striped(volume, segment, lengthBytes, placed(volume, segment, "stripes"));
      case "raid0", "raid0_meta" ->
          striped(volume, segment, lengthBytes, raidLegs(volume, segment));
      case "mirror" -> MappedTarget.linear(lengthBytes, mirror(volume, segment));
      case "raid1" -> MappedTarget.linear(lengthBytes, raid1(segment));
      case "zero" -> MappedTarget.linear(lengthBytes, new Zeros());
      case "error" -> MappedTarget.linear(lengthBytes, new Absent("mapped to errors"));
      default -> throw unsupported(segment);
    };
  }

  private static UnsupportedFeatureException unsupported(GroupText.Segment segment) {
    String pool = segment.text().text("thin_pool") + segment.text().text("vdo_pool");
    String name = SegmentType.describe(segment.type());
    return new UnsupportedFeatureException(
        "LVM", List.of(pool.isEmpty() ? name : name + " of pool " + pool));
  }

  private MappedTarget striped(
      String volume, GroupText.Segment segment, long lengthBytes, List<Leg> legs)
      throws CorruptImageException {
    if (legs.isEmpty() || legs.size() > MAX_STRIPES || segment.extents() % legs.size() != 0) {
      throw fault(volume, segment.extents() + " extents on " + legs.size() + " stripes");
    }
    if (legs.size() == 1) {
      return MappedTarget.linear(lengthBytes, legs.getFirst());
    }
    long chunkBytes = segment.text().number("stripe_size", MAX_STRIPE_SECTORS).orElse(0L) << 9;
    if (chunkBytes == 0 || lengthBytes / legs.size() % chunkBytes != 0) {
      throw fault(volume, "stripes of " + chunkBytes + " bytes");
    }
    return new MappedTarget(lengthBytes, legs, chunkBytes);
  }

  /** A list of names, each followed by its first extent. */
  private List<Leg> placed(String volume, GroupText.Segment segment, String list)
      throws IOException {
    List<Leg> legs = new ArrayList<>();
    List<?> values = segment.text().list(list);
    for (int i = 0; i + 1 < values.size(); i += 2) {
      if (!(values.get(i) instanceof String name)
          || !(values.get(i + 1) instanceof Long extent)
          || extent < 0
          || extent > Integer.MAX_VALUE) {
        throw fault(volume, "list of " + list);
      }
      legs.add(areas.leg(name, extent));
    }
    return legs;
  }

  private List<Leg> raidLegs(String volume, GroupText.Segment segment) throws IOException {
    boolean pairs = segment.text().has("raids");
    List<Leg> legs = new ArrayList<>();
    List<String> names = names(segment, pairs ? "raids" : "raid0_lvs");
    for (int i = pairs ? 1 : 0; i < names.size(); i += pairs ? 2 : 1) {
      legs.add(areas.leg(names.get(i), 0));
    }
    if (legs.size() > MAX_STRIPES) {
      throw fault(volume, legs.size() + " stripes");
    }
    return legs;
  }

  private static List<String> names(GroupText.Segment segment, String list) {
    return segment.text().list(list).stream()
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .toList();
  }

  /** The first leg of an old mirror is the one that the others are synchronised from. */
  private Leg mirror(String volume, GroupText.Segment segment) throws IOException {
    List<String> names = names(segment, "mirrors");
    if (names.isEmpty()) {
      throw fault(volume, "mirror without legs");
    }
    return areas.mirror(names, List.of());
  }

  private Leg raid1(GroupText.Segment segment) throws IOException {
    List<String> names = names(segment, "raids");
    List<String> metadata = new ArrayList<>();
    List<String> images = new ArrayList<>();
    for (int i = 0; i + 1 < names.size(); i += 2) {
      metadata.add(names.get(i));
      images.add(names.get(i + 1));
    }
    return areas.mirror(images, metadata);
  }

  private static CorruptImageException fault(String volume, String detail) {
    return new CorruptImageException(LvmFault.SEGMENT, -1, "logical volume " + volume, detail);
  }
}
