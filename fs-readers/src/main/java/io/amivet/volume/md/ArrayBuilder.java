package io.amivet.volume.md;

import io.amivet.block.Anomaly;
import io.amivet.block.AnomalyLog;
import io.amivet.block.MappedDevice;
import io.amivet.block.MappedTarget;
import io.amivet.block.MappedTarget.Absent;
import io.amivet.block.MappedTarget.Leg;
import io.amivet.block.MappedTarget.Part;
import io.amivet.volume.md.MdAssembly.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lays out one array: {@code drivers/md/raid1.c}, {@code md-linear.c}, {@code raid0.c}. Levels with
 * parity, and level 10, are named and not read.
 */
final class ArrayBuilder {
  private static final int LINEAR = -1;

  private final MdMembers members;
  private final MdSuperblock array;
  private final AnomalyLog anomalies;
  private final List<String> doubts = new ArrayList<>();

  ArrayBuilder(MdMembers members, AnomalyLog anomalies) {
    this.members = members;
    this.array = members.array();
    this.anomalies = anomalies;
  }

  static boolean reads(int level) {
    return level == 1 || level == 0 || level == LINEAR;
  }

  MdArray build() {
    if (!reads(array.level())) {
      return unread(array.levelName() + " array", false);
    }
    if (array.reshaping()) {
      return unread(array.levelName() + " array in the middle of a change of its shape", false);
    }
    return switch (array.level()) {
      case 1 -> mirror();
      case LINEAR -> linear();
      default -> striped();
    };
  }

  private MdArray mirror() {
    Optional<Found> best = Optional.empty();
    for (int role = 0; role < array.raidDisks(); role++) {
      Optional<Found> one = members.withRole(role).filter(m -> !m.superblock().recovering());
      best = best.isPresent() ? best : one;
    }
    if (best.isEmpty()) {
      // No member vouches for itself: the newest is the best there is.
      best = Optional.of(members.newest());
      doubts.add("no member is known to be current");
    }
    int lacking = array.raidDisks() - members.present();
    if (lacking > 0) {
      anomalies.add(
          new Anomaly(
              MdFault.DEGRADED.code(),
              MdFault.DEGRADED.summary() + ": md/" + array.deviceName() + ", " + lacking,
              -1));
    }
    MdSuperblock sb = best.get().superblock();
    long lengthBytes = array.componentBytes() > 0 ? array.componentBytes() : sb.dataBytes();
    if (lengthBytes <= 0) {
      return unread("mirror of no size", true);
    }
    Leg leg = new Part(best.get().device(), sb.dataOffset());
    return read(List.of(MappedTarget.linear(lengthBytes, leg)));
  }

  /** How much of a member is used: whole chunks only, where there are chunks. */
  private long usedBytes(MdSuperblock sb) {
    long chunk = array.chunkBytes();
    return chunk > 0 ? sb.dataBytes() / chunk * chunk : sb.dataBytes();
  }

  private MdArray linear() {
    List<MappedTarget> targets = new ArrayList<>();
    for (int role = 0; role < array.raidDisks(); role++) {
      Optional<Found> member = members.withRole(role);
      if (member.isEmpty()) {
        doubts.add(missing(role) + ", and nothing can be placed behind it");
        break;
      }
      MdSuperblock sb = member.get().superblock();
      if (usedBytes(sb) > 0) {
        Leg leg = new Part(member.get().device(), sb.dataOffset());
        targets.add(MappedTarget.linear(usedBytes(sb), leg));
      }
    }
    return targets.isEmpty() ? unread(String.join("; ", doubts), true) : read(targets);
  }

  private String missing(int role) {
    return "member " + role + " of " + array.raidDisks() + " is missing";
  }

  private MdArray striped() {
    if (array.chunkBytes() <= 0 || array.raidDisks() <= 0 || members.present() == 0) {
      return unread("stripes of " + array.chunkBytes() + " bytes", true);
    }
    boolean tooLarge =
        members.all().stream()
            .anyMatch(one -> one.superblock().dataBytes() > Long.MAX_VALUE / array.raidDisks());
    if (tooLarge) {
      return unread("impossible size", true);
    }
    return striped(
        members.all().stream().mapToLong(one -> usedBytes(one.superblock())).min().orElse(0));
  }

  /**
   * @param known size to assume of members that are missing
   */
  private MdArray striped(long known) {
    List<StripeZones.Member> stripes = new ArrayList<>();
    for (int role = 0; role < array.raidDisks(); role++) {
      Optional<Found> one = members.withRole(role);
      if (one.isPresent()) {
        MdSuperblock sb = one.get().superblock();
        stripes.add(new StripeZones.Member(one.get().device(), sb.dataOffset(), usedBytes(sb), ""));
      } else {
        stripes.add(new StripeZones.Member(null, 0, known, missing(role)));
      }
    }
    StripeZones zones = new StripeZones(stripes, array.chunkBytes(), array.layout());
    if (zones.needLayout()) {
      return unread(
          "raid0 array of members of different sizes that does not state its layout", false);
    }
    List<MappedTarget> targets = zones.targets();
    return targets.isEmpty() ? unread("stripes of no size", true) : read(targets);
  }

  private MdArray read(List<MappedTarget> targets) {
    long bytes = 0;
    for (MappedTarget target : targets) {
      bytes += target.lengthBytes();
      if (bytes < 0) {
        return unread("impossible size", true);
      }
    }
    MappedDevice device = new MappedDevice(targets, MdFault.MEMBER_MISSING, name());
    return new MdArray(array.deviceName(), array.levelName(), device, "", false, doubts, indices());
  }

  private MdArray unread(String reason, boolean damaged) {
    long bytes = Math.max(array.componentBytes(), 0);
    List<MappedTarget> targets =
        bytes > 0 ? List.of(MappedTarget.linear(bytes, new Absent(reason))) : List.of();
    MappedDevice device = new MappedDevice(targets, MdFault.SHAPE, name());
    return new MdArray(
        array.deviceName(), array.levelName(), device, reason, damaged, List.of(), indices());
  }

  private String name() {
    return "md/" + array.deviceName();
  }

  private Set<Integer> indices() {
    return members.all().stream().map(Found::index).collect(Collectors.toSet());
  }
}
