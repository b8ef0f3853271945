package io.amivet.scan;

import java.util.ArrayList;
import java.util.List;

/**
 * All volumes of a target, found and opened.
 *
 * @param disks what lies on each disk
 * @param assembled volumes put together of parts, maybe of several disks
 */
public record OpenedTarget(List<OpenedDisk> disks, List<OpenedVolume> assembled) {
  public OpenedTarget {
    disks = List.copyOf(disks);
    assembled = List.copyOf(assembled);
  }

  /** All, by index. */
  public List<OpenedVolume> volumes() {
    List<OpenedVolume> all = new ArrayList<>();
    disks.forEach(disk -> all.addAll(disk.volumes()));
    all.addAll(assembled);
    return all;
  }
}
