package io.amivet.source.ebs;

import java.util.List;

/**
 * The disks behind an AMI or a snapshot.
 *
 * @param kind {@code ami} or {@code snapshot}
 * @param name the AMI's name, empty for a snapshot
 * @param disks in the order of the AMI, the root device first; at least one
 * @param notes sentences about what was odd or left out, for the user
 */
public record EbsTarget(
    String kind,
    String id,
    String region,
    String name,
    List<EbsSnapshot> disks,
    List<String> notes) {
  public EbsTarget {
    disks = List.copyOf(disks);
    notes = List.copyOf(notes);
  }
}
