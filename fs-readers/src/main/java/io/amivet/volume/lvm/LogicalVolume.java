package io.amivet.volume.lvm;

import io.amivet.block.MappedDevice;
import java.util.List;
import java.util.Set;

/**
 * A logical volume put together.
 *
 * @param device its bytes; of a volume that is not read, its size is all that is good
 * @param unread why it cannot be read: a type that is not supported, damage; empty if it can
 * @param damaged whether {@code unread} is the image's fault
 * @param holdsData false for what holds only the blocks of others, such as a thin pool
 * @param doubts why what is read may not be all or not the newest, one sentence each
 * @param physical the physical volumes that it lies on, by their place in the list given
 */
public record LogicalVolume(
    String group,
    String name,
    MappedDevice device,
    String unread,
    boolean damaged,
    boolean holdsData,
    List<String> doubts,
    Set<Integer> physical) {
  public LogicalVolume {
    doubts = List.copyOf(doubts);
    physical = Set.copyOf(physical);
  }
}
