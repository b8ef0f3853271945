package io.amivet.volume.lvm;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Copy-on-write snapshots of a group ({@code lib/snapshot/snapshot.c}): hidden volumes tie the
 * store of changed blocks to its origin. The origin reads as itself; a store alone is no volume.
 */
final class Snapshots {
  private final Map<String, String> originOfStore = new HashMap<>();
  private final Map<String, String> mergingStore = new HashMap<>();

  Snapshots(GroupText group) {
    for (GroupText.Logical volume : group.logical().values()) {
      for (GroupText.Segment segment : volume.segments()) {
        if (segment.type().equals("snapshot")) {
          String origin = segment.text().text("origin");
          originOfStore.put(segment.text().text("cow_store"), origin);
          String merging = segment.text().text("merging_store");
          if (!merging.isEmpty()) {
            originOfStore.put(merging, origin);
            mergingStore.put(origin, merging);
          }
        }
      }
    }
  }

  /** Why a volume is not read, if it is the store of a snapshot; else empty. */
  String describe(String volume) {
    String origin = originOfStore.get(volume);
    return origin == null ? "" : "copy-on-write snapshot of " + origin;
  }

  /** Says that an origin is not what the kernel would show, until a merge into it is done. */
  Optional<String> mergingInto(String origin) {
    return Optional.ofNullable(mergingStore.get(origin))
        .map(
            store -> "snapshot " + store + " is being merged into it, and its blocks are not read");
  }
}
