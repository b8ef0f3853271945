package io.amivet.volume;

import io.amivet.block.Anomaly;
import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.fs.FileSystemFormat;
import io.amivet.volume.lvm.LogicalVolume;
import io.amivet.volume.lvm.LvmAssembly;
import io.amivet.volume.lvm.PhysicalVolume;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts volumes together that are only parts of something larger: physical volumes into logical
 * ones. What comes out may be such a part again, to a bounded depth. All disks of a target are
 * looked at together.
 */
public final class VolumeAssembler {
  /** A group on arrays of logical volumes of a group on arrays: more than anybody stacks. */
  private static final int MAX_LEVELS = 6;

  private static final int MAX_ASSEMBLED = 4096;
  static final String LVM_MEMBER = "LVM2_member";
  private static final String LOGICAL_VOLUME = "logical-volume";

  private final AnomalyLog anomalies;
  private final VolumeIdentifier identifier;
  private final List<Node> nodes = new ArrayList<>();

  /** Those that LVM has not been asked about. */
  private final List<Node> pending = new ArrayList<>();

  private final int firstAssembled;

  /** A volume and the disks that it lies on. */
  private static final class Node {
    private Volume volume;
    private final Set<Integer> disks;

    Node(Volume volume, Set<Integer> disks) {
      this.volume = volume;
      this.disks = disks;
    }
  }

  private VolumeAssembler(
      List<VolumeListing> disks, List<FileSystemFormat> formats, AnomalyLog anomalies) {
    this.anomalies = anomalies;
    this.identifier = new VolumeIdentifier(formats);
    for (int i = 0; i < disks.size(); i++) {
      for (Volume volume : disks.get(i).volumes()) {
        nodes.add(new Node(volume, Set.of(i)));
      }
    }
    this.firstAssembled = nodes.size();
  }

  /**
   * Puts together what lies on the disks of one target.
   *
   * @param disks as {@link VolumeFinder} found them, numbered from 1 over all of them
   * @return the same volumes, parts marked as members, and what they make, numbered from there on
   */
  public static AssembledVolumes assemble(
      List<VolumeListing> disks, List<FileSystemFormat> formats, AnomalyLog anomalies) {
    VolumeAssembler assembler = new VolumeAssembler(disks, formats, anomalies);
    assembler.run();
    return assembler.result(disks);
  }

  private void run() {
    List<Node> fresh = List.copyOf(nodes);
    for (int level = 0; level < MAX_LEVELS && !fresh.isEmpty(); level++) {
      pending.addAll(fresh);
      int before = nodes.size();
      groups();
      fresh = List.copyOf(nodes.subList(before, nodes.size()));
    }
  }

  private void groups() {
    List<Node> members =
        pending.stream().filter(node -> node.volume.contents().equals(LVM_MEMBER)).toList();
    pending.clear();
    if (members.isEmpty()) {
      return;
    }
    List<BlockDevice> devices =
        members.stream().map(node -> present(node.volume.device())).toList();
    LvmAssembly assembly = LvmAssembly.of(devices, anomalies);
    for (int i = 0; i < members.size(); i++) {
      Node member = members.get(i);
      member.volume = marked(member.volume, assembly.physical().get(i));
    }
    for (LogicalVolume logical : assembly.volumes()) {
      Set<Integer> disks = new TreeSet<>();
      logical.physical().forEach(index -> disks.addAll(members.get(index).disks));
      add(logical, disks);
    }
  }

  /** What the image holds of a device, so that what it lacks is seen where it is put to use. */
  private static BlockDevice present(BlockDevice device) {
    return device instanceof TruncatedDevice cut ? cut.present() : device;
  }

  private static Volume marked(Volume volume, PhysicalVolume physical) {
    return switch (physical.standing()) {
      case MEMBER -> volume.with(VolumeState.MEMBER, physical.reason(), false);
      case UNUSED -> volume.with(VolumeState.UNSUPPORTED, physical.reason(), false);
      case LOST, DUPLICATE -> volume.with(VolumeState.UNREADABLE, physical.reason(), true);
    };
  }

  private void add(LogicalVolume logical, Set<Integer> disks) {
    int assembled = nodes.size() - firstAssembled;
    if (assembled > MAX_ASSEMBLED) {
      return;
    }
    VolumeIdentifier.Place place =
        new VolumeIdentifier.Place(
            nodes.size() + 1,
            logical.device(),
            LOGICAL_VOLUME,
            logical.group() + "/" + logical.name());
    nodes.add(new Node(assembled == MAX_ASSEMBLED ? tooMany(place) : identify(place, logical), disks));
  }

  /** Stands for all that follow. */
  private Volume tooMany(VolumeIdentifier.Place place) {
    VolumeFault fault = VolumeFault.TOO_MANY_ASSEMBLED;
    anomalies.add(new Anomaly(fault.code(), fault.summary(), -1));
    return place.unreadable(fault.summary());
  }

  private Volume identify(VolumeIdentifier.Place place, LogicalVolume logical) {
    if (!logical.unread().isEmpty()) {
      return logical.damaged()
          ? place.unreadable(logical.unread())
          : place.unsupported(logical.unread(), logical.holdsData());
    }
    Volume volume = identifier.identify(place);
    if (logical.doubts().isEmpty() || !volume.holdsData()) {
      return volume;
    }
    Set<String> reasons = new LinkedHashSet<>(logical.doubts());
    String reason =
        volume.reason().isEmpty() || reasons.contains(volume.reason())
            ? String.join("; ", reasons)
            : volume.reason() + "; " + String.join("; ", reasons);
    return volume.with(volume.state(), reason, true);
  }

  private AssembledVolumes result(List<VolumeListing> disks) {
    List<VolumeListing> marked = new ArrayList<>();
    int at = 0;
    for (VolumeListing disk : disks) {
      int end = at + disk.volumes().size();
      List<Volume> volumes = nodes.subList(at, end).stream().map(node -> node.volume).toList();
      marked.add(new VolumeListing(volumes, disk.tableType()));
      at = end;
    }
    List<AssembledVolumes.Assembled> assembled = new ArrayList<>();
    for (Node node : nodes.subList(firstAssembled, nodes.size())) {
      assembled.add(new AssembledVolumes.Assembled(node.volume, node.disks));
    }
    return new AssembledVolumes(marked, assembled);
  }
}
