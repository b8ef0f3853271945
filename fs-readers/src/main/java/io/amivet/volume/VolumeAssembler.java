package io.amivet.volume;

import io.amivet.block.Anomaly;
import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.fs.FileSystemFormat;
import io.amivet.volume.lvm.LogicalVolume;
import io.amivet.volume.lvm.LvmAssembly;
import io.amivet.volume.lvm.PhysicalVolume;
import io.amivet.volume.md.MdArray;
import io.amivet.volume.md.MdAssembly;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts volumes together that are only parts of something larger: members into RAID arrays, physical
 * volumes into logical ones. What comes out may be such a part again, to a bounded depth. All disks
 * of a target are looked at together.
 */
public final class VolumeAssembler {
  /** A group on arrays of logical volumes of a group on arrays: more than anybody stacks. */
  private static final int MAX_LEVELS = 6;

  private static final int MAX_ASSEMBLED = 4096;
  private static final String LVM_MEMBER = "LVM2_member";
  private static final String RAID_MEMBER = "linux_raid_member";
  private static final String MD_ARRAY = "md-array";
  private static final String LOGICAL_VOLUME = "logical-volume";

  private final AnomalyLog anomalies;
  private final List<FileSystemFormat> formats;
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
    this.formats = formats;
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
      arrays(fresh);
      if (nodes.size() == before) {
        groups();
      }
      fresh = List.copyOf(nodes.subList(before, nodes.size()));
    }
  }

  /** Arrays first: physical volumes may lie on them. */
  private void arrays(List<Node> fresh) {
    List<MdAssembly.Candidate> candidates = new ArrayList<>();
    for (Node node : fresh) {
      boolean readsAlone = node.volume.state() == VolumeState.READ;
      candidates.add(new MdAssembly.Candidate(present(node.volume.device()), readsAlone));
    }
    MdAssembly assembly = MdAssembly.of(candidates, anomalies);
    for (int i = 0; i < fresh.size(); i++) {
      Node node = fresh.get(i);
      if (assembly.members().get(i).isPresent()) {
        pending.remove(node);
        node.volume = marked(node.volume, assembly.members().get(i).get());
      }
    }
    for (MdArray array : assembly.arrays()) {
      Set<Integer> disks = new TreeSet<>();
      array.members().forEach(index -> disks.addAll(fresh.get(index).disks));
      add(array, disks);
    }
  }

  private static Volume marked(Volume volume, MdAssembly.Member member) {
    Volume known =
        volume.contents().equals(RAID_MEMBER) ? volume : volume.describedAs(RAID_MEMBER, "", "");
    return member.duplicate()
        ? known.with(VolumeState.UNREADABLE, member.reason(), true)
        : known.with(VolumeState.MEMBER, member.reason(), false);
  }

  private void add(MdArray array, Set<Integer> disks) {
    String name = "md/" + array.name();
    VolumeIdentifier.Place place =
        new VolumeIdentifier.Place(nodes.size() + 1, array.device(), MD_ARRAY, name);
    if (!array.unread().isEmpty()) {
      add(
          array.damaged()
              ? place.unreadable(array.unread())
              : place.unsupported(array.unread(), true),
          disks);
      return;
    }
    for (Volume volume : inside(place)) {
      add(doubted(volume, array.doubts()), disks);
    }
  }

  /** An array may be divided like a disk. */
  private List<Volume> inside(VolumeIdentifier.Place place) {
    try {
      VolumeListing listing = VolumeFinder.find(place.device(), formats, place.index(), anomalies);
      if (listing.tableType().equals(VolumeFinder.NO_TABLE)) {
        return List.of(identifier.identify(place));
      }
      return listing.volumes().stream()
          .map(volume -> volume.named(place.name() + volume.name()))
          .toList();
    } catch (IOException e) {
      return List.of(place.unreadable(String.valueOf(e.getMessage())));
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
    String name = logical.group() + "/" + logical.name();
    add(
        identify(
            new VolumeIdentifier.Place(nodes.size() + 1, logical.device(), LOGICAL_VOLUME, name),
            logical),
        disks);
  }

  private Volume identify(VolumeIdentifier.Place place, LogicalVolume logical) {
    if (logical.unread().isEmpty()) {
      return doubted(identifier.identify(place), logical.doubts());
    }
    return logical.damaged()
        ? place.unreadable(logical.unread())
        : place.unsupported(logical.unread(), logical.holdsData());
  }

  private static Volume doubted(Volume volume, List<String> doubts) {
    if (doubts.isEmpty() || !volume.holdsData()) {
      return volume;
    }
    Set<String> reasons = new LinkedHashSet<>();
    String known = String.join("; ", doubts);
    if (!known.contains(volume.reason())) {
      reasons.add(volume.reason());
    }
    reasons.addAll(doubts);
    return volume.with(volume.state(), String.join("; ", reasons), true);
  }

  /** Beyond a limit one volume stands for all that follow. */
  private void add(Volume volume, Set<Integer> disks) {
    int assembled = nodes.size() - firstAssembled;
    if (assembled < MAX_ASSEMBLED) {
      nodes.add(new Node(volume, disks));
    } else if (assembled == MAX_ASSEMBLED) {
      VolumeFault fault = VolumeFault.TOO_MANY_ASSEMBLED;
      anomalies.add(new Anomaly(fault.code(), fault.summary(), -1));
      nodes.add(new Node(volume.with(VolumeState.UNREADABLE, fault.summary(), true), disks));
    }
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
