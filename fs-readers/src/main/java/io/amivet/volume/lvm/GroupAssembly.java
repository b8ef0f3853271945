package io.amivet.volume.lvm;

import io.amivet.block.Anomaly;
import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.MappedDevice;
import io.amivet.block.MappedTarget;
import io.amivet.block.MappedTarget.Absent;
import io.amivet.block.MappedTarget.Leg;
import io.amivet.block.MappedTarget.Part;
import io.amivet.block.UnsupportedFeatureException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Puts the logical volumes of one group together. */
final class GroupAssembly {
  /** Mirrors of cached stripes of …: more levels than LVM2 itself stacks. */
  private static final int MAX_DEPTH = 8;

  private static final String SPARE_SUFFIX = "_pmspare";

  private final GroupText group;
  private final boolean current;
  private final AnomalyLog anomalies;
  private final List<PhysicalVolume> candidates;
  private final Map<String, Integer> byId = new HashMap<>();
  private final Map<String, Built> built = new HashMap<>();
  private final Set<String> underWay = new HashSet<>();
  private final Snapshots snapshots;

  /**
   * The text of a group.
   *
   * @param current false if a newer one was there but is damaged
   */
  record Found(GroupText text, boolean current) {
    Found newer(Found other) {
      long difference = other.text().seqno() - text.seqno();
      return difference > 0 || (difference == 0 && other.current()) ? other : this;
    }
  }

  /** A logical volume, or why it is none. */
  private record Built(MappedDevice device, String unread, boolean damaged) {}

  /**
   * @param candidates all physical volumes of the target
   * @param chosen which of them to take for an id
   */
  GroupAssembly(
      Found found,
      List<PhysicalVolume> candidates,
      Map<String, Integer> chosen,
      AnomalyLog anomalies) {
    this.group = found.text();
    this.current = found.current();
    this.anomalies = anomalies;
    this.candidates = candidates;
    this.byId.putAll(chosen);
    this.snapshots = new Snapshots(group);
  }

  /** The volumes that a running system would show, and hidden ones that nothing uses. */
  List<LogicalVolume> volumes() {
    Set<String> used = new HashSet<>();
    for (GroupText.Logical volume : group.logical().values()) {
      volume.segments().forEach(segment -> used.addAll(segment.parts()));
    }
    List<LogicalVolume> volumes = new ArrayList<>();
    for (GroupText.Logical volume : group.logical().values()) {
      // The store of a snapshot is hidden in the text and shown by LVM all the same.
      boolean shown =
          volume.visible()
              || !snapshots.describe(volume.name()).isEmpty()
              || !used.contains(volume.name());
      if (shown && !isInternal(volume)) {
        volumes.add(shown(volume));
      }
    }
    return volumes;
  }

  private static boolean isInternal(GroupText.Logical volume) {
    return volume.name().endsWith(SPARE_SUFFIX)
        || volume.segments().stream().anyMatch(segment -> segment.type().equals("snapshot"));
  }

  private LogicalVolume shown(GroupText.Logical volume) {
    Built result = build(volume.name(), 0);
    String unread = result.unread();
    if (unread.isEmpty()) {
      unread = snapshots.describe(volume.name());
    }
    List<String> doubts = new ArrayList<>(result.device().absences());
    snapshots.mergingInto(volume.name()).ifPresent(doubts::add);
    if (!current) {
      doubts.add("the metadata of its group is damaged, it was read by number " + group.seqno());
    }
    boolean pool = volume.segments().stream().anyMatch(one -> SegmentType.isPool(one.type()));
    return new LogicalVolume(
        group.name(),
        volume.name(),
        result.device(),
        unread,
        result.damaged(),
        !pool || result.damaged(),
        doubts,
        liesOn(volume.name()));
  }

  /** The physical volumes that a volume lies on, read or not. */
  private Set<Integer> liesOn(String name) {
    Set<String> seen = new HashSet<>();
    Set<Integer> physical = new TreeSet<>();
    List<String> open = new ArrayList<>(List.of(name));
    while (!open.isEmpty()) {
      String next = open.removeLast();
      GroupText.Physical pv = group.physical().get(next);
      GroupText.Logical volume = group.logical().get(next);
      if (pv != null && byId.containsKey(pv.id())) {
        physical.add(byId.get(pv.id()));
      } else if (pv == null && volume != null && seen.add(next)) {
        volume.segments().forEach(segment -> open.addAll(segment.parts()));
      }
    }
    return physical;
  }

  private Built build(String name, int depth) {
    Built known = built.get(name);
    if (known != null) {
      return known;
    }
    Built result;
    if (depth > MAX_DEPTH || !underWay.add(name)) {
      result = lost(name, 0, "logical volumes that consist of each other", true);
    } else {
      result = put(name, depth);
      underWay.remove(name);
    }
    built.put(name, result);
    return result;
  }

  private Built put(String name, int depth) {
    GroupText.Logical volume = group.logical().get(name);
    if (volume == null) {
      return lost(name, 0, "no volume " + name + " in its group", true);
    }
    Collector collector = new Collector(depth);
    SegmentMapper mapper = new SegmentMapper(group.extentBytes(), collector);
    long extents = 0;
    try {
      List<MappedTarget> targets = new ArrayList<>();
      for (GroupText.Segment segment : volume.segments()) {
        if (segment.startExtent() != extents) {
          throw gap(name, segment);
        }
        extents += segment.extents();
        if (extents > Long.MAX_VALUE / group.extentBytes()) {
          throw gap(name, segment);
        }
        targets.add(mapper.map(name, segment));
      }
      if (targets.isEmpty()) {
        return lost(name, 0, "no segments", true);
      }
      MappedDevice device =
          new MappedDevice(targets, LvmFault.PV_MISSING, group.name() + "/" + name);
      return new Built(device, "", false);
    } catch (UnsupportedFeatureException e) {
      long all = volume.segments().stream().mapToLong(GroupText.Segment::extents).sum();
      return lost(name, all, String.join(", ", e.features()), false);
    } catch (IOException e) {
      return lost(name, extents, String.valueOf(e.getMessage()), true);
    }
  }

  private static CorruptImageException gap(String name, GroupText.Segment segment) {
    return new CorruptImageException(
        LvmFault.SEGMENT, -1, "logical volume " + name, "starts at " + segment.startExtent());
  }

  private Built lost(String name, long extents, String reason, boolean damaged) {
    long bytes =
        Math.multiplyHigh(extents, group.extentBytes()) == 0 ? extents * group.extentBytes() : 0;
    List<MappedTarget> targets =
        bytes > 0 ? List.of(MappedTarget.linear(bytes, new Absent(reason))) : List.of();
    MappedDevice device = new MappedDevice(targets, LvmFault.SEGMENT, group.name() + "/" + name);
    return new Built(device, reason, damaged);
  }

  /** Finds areas, and remembers what they lie on. */
  private final class Collector implements SegmentMapper.Areas {
    private final int depth;

    Collector(int depth) {
      this.depth = depth;
    }

    @Override
    public Leg leg(String name, long extent) throws IOException {
      GroupText.Physical pv = group.physical().get(name);
      long offset = extent * group.extentBytes();
      if (Math.multiplyHigh(extent, group.extentBytes()) != 0 || offset < 0) {
        throw new CorruptImageException(LvmFault.SEGMENT, -1, name, "extent " + extent);
      }
      return pv == null ? logical(name, offset) : physical(pv, offset);
    }

    private Leg physical(GroupText.Physical pv, long offset) throws IOException {
      Integer index = byId.get(pv.id());
      if (index == null) {
        String was = pv.device().isEmpty() ? "" : " (was " + pv.device() + ")";
        return new Absent("physical volume " + PvLabel.dashed(pv.id()) + was + " is missing");
      }
      BlockDevice device = candidates.get(index).device();
      if (offset > Long.MAX_VALUE - pv.startBytes()) {
        throw new CorruptImageException(LvmFault.SEGMENT, -1, pv.device(), "offset " + offset);
      }
      return new Part(device, pv.startBytes() + offset);
    }

    private Leg logical(String name, long offset) throws IOException {
      Built part = build(name, depth + 1);
      if (part.damaged()) {
        throw new CorruptImageException(LvmFault.SEGMENT, -1, name, part.unread());
      }
      if (!part.unread().isEmpty()) {
        throw new UnsupportedFeatureException("LVM", List.of(part.unread()));
      }
      return new Part(part.device(), offset);
    }

    @Override
    public Leg mirror(List<String> images, List<String> metadata) throws IOException {
      MirrorChoice choice = new MirrorChoice(images.size());
      for (int i = 0; i < metadata.size(); i++) {
        choice.superblock(i, build(metadata.get(i), depth + 1).device());
      }
      for (int i = 0; i < images.size(); i++) {
        Built image = build(images.get(i), depth + 1);
        choice.image(i, image.unread().isEmpty() && image.device().absences().isEmpty());
      }
      int best = choice.best();
      if (best < 0) {
        throw new CorruptImageException(LvmFault.SEGMENT, -1, "mirror", "no legs");
      }
      choice
          .note(images)
          .ifPresent(note ->
              anomalies.add(
                  new Anomaly(LvmFault.MIRROR_DEGRADED.code(), group.name() + ": " + note, -1)));
      return logical(images.get(best), 0);
    }
  }
}
