package io.amivet.volume.lvm;

import io.amivet.block.BlockDevice;
import io.amivet.block.StructView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the leg of a mirror that is read: whole, and not known to lag behind by {@code struct
 * dm_raid_superblock} of the kernel's {@code drivers/md/dm-raid.c}. A mirror that was never active
 * has no superblocks.
 */
final class MirrorChoice {
  private static final long DM_RAID_MAGIC = 0x64526d44L;
  private static final int SUPERBLOCK_BYTES = 512;
  private static final int MAX_FAILED = 64;

  private final boolean[] whole;
  private final boolean[] recovering;
  private final long[] events;
  private long failedDevices;
  private long newest = -1;

  MirrorChoice(int legs) {
    this.whole = new boolean[legs];
    this.recovering = new boolean[legs];
    this.events = new long[legs];
    Arrays.fill(events, -1);
  }

  void superblock(int leg, BlockDevice metadata) {
    try {
      if (leg >= events.length || metadata.sizeBytes() < SUPERBLOCK_BYTES) {
        return;
      }
      StructView sb = metadata.struct("dm_raid_superblock", 0, SUPERBLOCK_BYTES);
      if (sb.u32le(0) != DM_RAID_MAGIC) {
        return;
      }
      events[leg] = sb.u64le(16);
      recovering[leg] = sb.u64le(32) != -1;
      if (events[leg] > newest) {
        newest = events[leg];
        failedDevices = sb.u64le(24);
      }
    } catch (IOException unknown) {
      // As if it had none: the images themselves may still be there.
      events[leg] = -1;
    }
  }

  void image(int leg, boolean present) {
    whole[leg] = present;
  }

  private boolean current(int leg) {
    boolean failed = leg < MAX_FAILED && (failedDevices >>> leg & 1) != 0;
    return !failed && !recovering[leg] && (newest < 0 || events[leg] == newest);
  }

  /** The leg to read; -1 if there is none at all. */
  int best() {
    int best = -1;
    int bestScore = -1;
    for (int leg = 0; leg < whole.length; leg++) {
      int score = (current(leg) ? 2 : 0) + (whole[leg] ? 1 : 0);
      if (score > bestScore) {
        best = leg;
        bestScore = score;
      }
    }
    return best;
  }

  /** Says if the mirror is degraded; reading one leg of it leaves nothing out. */
  Optional<String> note(List<String> names) {
    List<String> bad = new ArrayList<>();
    for (int leg = 0; leg < whole.length; leg++) {
      if (!whole[leg] || !current(leg)) {
        bad.add(names.get(leg));
      }
    }
    return bad.isEmpty()
        ? Optional.empty()
        : Optional.of("degraded mirror, without " + String.join(", ", bad));
  }
}
