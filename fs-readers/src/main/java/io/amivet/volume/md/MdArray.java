package io.amivet.volume.md;

import io.amivet.block.MappedDevice;
import java.util.List;
import java.util.Set;

/**
 * An array put together of members.
 *
 * @param name as mdadm names the device, without {@code /dev/md/}
 * @param level {@code raid1}, {@code linear} …
 * @param device its bytes; of one that is not read, its size is all that is good
 * @param unread why it cannot be read; empty if it can
 * @param damaged whether {@code unread} is the image's fault
 * @param doubts why what is read may not be all, one sentence each
 * @param members by their place in the list given
 */
public record MdArray(
    String name,
    String level,
    MappedDevice device,
    String unread,
    boolean damaged,
    List<String> doubts,
    Set<Integer> members) {
  public MdArray {
    doubts = List.copyOf(doubts);
    members = Set.copyOf(members);
  }
}
