package io.amivet.volume.md;

import io.amivet.block.Anomaly;
import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The RAID arrays of a target, their members matched by uuid over all its disks.
 *
 * @param members for each device given what it is; empty if it is no member or better left alone
 */
public record MdAssembly(List<Optional<Member>> members, List<MdArray> arrays) {
  public MdAssembly {
    members = List.copyOf(members);
    arrays = List.copyOf(arrays);
  }

  /**
   * A member, as a phrase for a person.
   *
   * @param duplicate whether another one has its place and was taken
   */
  public record Member(String reason, boolean duplicate) {}

  /**
   * A device that may be a member.
   *
   * @param readsAlone whether a file system was found where it starts: at the end of such a device
   *     a superblock of a level that amivet does not read is taken for a remnant
   */
  public record Candidate(BlockDevice device, boolean readsAlone) {}

  /** A device with its superblock and its place in the list. */
  record Found(int index, BlockDevice device, MdSuperblock superblock) {}

  /**
   * Whether a disk as a whole is a member of a mirror of version 1.0. It starts like the array
   * does, even with a partition table.
   */
  public static boolean isWholeDiskMirror(BlockDevice disk) throws IOException {
    return MdSuperblock.version10(disk).filter(sb -> sb.level() == 1 && sb.active()).isPresent();
  }

  /** Finds members and puts together what they make. */
  public static MdAssembly of(List<Candidate> candidates, AnomalyLog anomalies) {
    Map<String, List<Found>> byArray = new LinkedHashMap<>();
    List<Optional<Member>> members = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      members.add(Optional.empty());
      Candidate candidate = candidates.get(i);
      Optional<MdSuperblock> found = find(candidate, anomalies);
      if (found.isPresent()) {
        byArray
            .computeIfAbsent(found.get().uuid(), _ -> new ArrayList<>())
            .add(new Found(i, candidate.device(), found.get()));
      }
    }
    List<MdArray> arrays = new ArrayList<>();
    for (List<Found> found : byArray.values()) {
      MdMembers sorted = new MdMembers(found, anomalies);
      arrays.add(new ArrayBuilder(sorted, anomalies).build());
      found.forEach(one -> members.set(one.index(), Optional.of(sorted.describe(one))));
    }
    return new MdAssembly(members, arrays);
  }

  private static Optional<MdSuperblock> find(Candidate candidate, AnomalyLog anomalies) {
    try {
      Optional<MdSuperblock> found = MdSuperblock.find(candidate.device());
      if (found.isPresent() && !found.get().sound()) {
        anomalies.add(
            new Anomaly(
                MdFault.SUPERBLOCK_CRC.code(),
                MdFault.SUPERBLOCK_CRC.summary() + ": " + candidate.device(),
                candidate.device().imageOffset(0)));
      }
      return found.filter(
          sb -> !(candidate.readsAlone() && sb.atEnd() && !ArrayBuilder.reads(sb.level())));
    } catch (IOException unreadable) {
      // Listed as an unreadable volume already.
      return Optional.empty();
    }
  }
}
