package io.amivet.volume.md;

import io.amivet.block.BlockDevice;
import io.amivet.block.MappedTarget;
import io.amivet.block.MappedTarget.Absent;
import io.amivet.block.MappedTarget.Leg;
import io.amivet.block.MappedTarget.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The zones of a level 0 array ({@code create_strip_zones} of {@code drivers/md/raid0.c}): all
 * members take turns until the smallest is full, then those that are left. In zones after the first
 * old kernels count chunks from the start of the array, newer ones from that of the zone.
 */
final class StripeZones {
  /** {@code RAID0_ORIG_LAYOUT}: chunks counted from the start of the array. */
  private static final long ORIGINAL = 1;

  private static final long ALTERNATE = 2;

  /**
   * A member.
   *
   * @param device null if it is missing
   * @param absence why, if it is
   */
  record Member(@Nullable BlockDevice device, long dataOffset, long bytes, String absence) {
    Leg leg(long at) {
      return device == null ? new Absent(absence) : new Part(device, dataOffset + at);
    }
  }

  private final List<Member> members;
  private final long chunkBytes;
  private final long layout;

  StripeZones(List<Member> members, long chunkBytes, long layout) {
    this.members = members;
    this.chunkBytes = chunkBytes;
    this.layout = layout;
  }

  /** Whether it matters how chunks are counted, and nothing says it. */
  boolean needLayout() {
    boolean sameSize = members.stream().mapToLong(Member::bytes).distinct().count() == 1;
    return !sameSize && layout != ORIGINAL && layout != ALTERNATE;
  }

  List<MappedTarget> targets() {
    List<MappedTarget> targets = new ArrayList<>();
    long done = 0;
    long chunksBefore = 0;
    while (true) {
      long from = done;
      List<Member> left = members.stream().filter(member -> member.bytes() > from).toList();
      if (left.isEmpty()) {
        return targets;
      }
      long until = left.stream().mapToLong(Member::bytes).min().orElseThrow();
      List<Leg> legs = new ArrayList<>();
      left.forEach(member -> legs.add(member.leg(from)));
      if (layout == ORIGINAL) {
        // The first chunk of the zone goes to the member whose turn it is by the count of all.
        Collections.rotate(legs, -(int) (chunksBefore % legs.size()));
      }
      targets.add(new MappedTarget((until - from) * legs.size(), legs, chunkBytes));
      chunksBefore += (until - from) / chunkBytes * legs.size();
      done = until;
    }
  }
}
