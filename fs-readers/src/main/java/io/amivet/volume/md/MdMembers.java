package io.amivet.volume.md;

import io.amivet.block.Anomaly;
import io.amivet.block.AnomalyLog;
import io.amivet.volume.md.MdAssembly.Found;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The members of one array: which are current, and which has which place. As in {@code analyze_sbs}
 * of {@code drivers/md/md.c} the newest superblock speaks for the array, and one that is a single
 * event behind still counts as current.
 */
final class MdMembers {
  private final List<Found> all;
  private final Found newest;
  private final Map<Integer, Found> byRole = new HashMap<>();

  MdMembers(List<Found> all, AnomalyLog anomalies) {
    this.all = all;
    Found best = all.getFirst();
    for (Found one : all) {
      if (rank(one) > rank(best)
          || (rank(one) == rank(best) && one.superblock().events() > best.superblock().events())) {
        best = one;
      }
    }
    this.newest = best;
    for (Found one : all) {
      if (one.superblock().active() && current(one)) {
        Found other = byRole.putIfAbsent(one.superblock().role(), one);
        if (other != null) {
          anomalies.add(
              new Anomaly(
                  MdFault.MEMBER_TWICE.code(),
                  MdFault.MEMBER_TWICE.summary() + ": " + other.device() + " and " + one.device(),
                  one.device().imageOffset(0)));
        }
      }
    }
  }

  /** A superblock that can be trusted comes before one that is newer by its own word. */
  private static int rank(Found one) {
    return (one.superblock().sound() ? 2 : 0) + (one.superblock().active() ? 1 : 0);
  }

  private boolean current(Found one) {
    return one.superblock().events() >= newest.superblock().events() - 1;
  }

  List<Found> all() {
    return all;
  }

  Found newest() {
    return newest;
  }

  /** The superblock that speaks for the array. */
  MdSuperblock array() {
    return newest.superblock();
  }

  Optional<Found> withRole(int role) {
    return Optional.ofNullable(byRole.get(role));
  }

  /** How many places have a current member. */
  int present() {
    return byRole.size();
  }

  MdAssembly.Member describe(Found one) {
    String of = " of md/" + array().deviceName() + " (" + array().levelName() + ")";
    MdSuperblock sb = one.superblock();
    Found taken = byRole.get(sb.role());
    if (taken != null && taken.index() == one.index()) {
      return new MdAssembly.Member("RAID member " + sb.role() + of, false);
    }
    return switch (sb.role()) {
      case MdSuperblock.ROLE_SPARE -> new MdAssembly.Member("RAID spare" + of, false);
      case MdSuperblock.ROLE_FAULTY -> new MdAssembly.Member("faulty RAID member" + of, false);
      case MdSuperblock.ROLE_JOURNAL -> new MdAssembly.Member("RAID journal" + of, false);
      default ->
          current(one)
              ? new MdAssembly.Member("second RAID member " + sb.role() + of, true)
              : new MdAssembly.Member("outdated RAID member" + of, false);
    };
  }
}
