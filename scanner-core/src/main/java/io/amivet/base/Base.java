package io.amivet.base;

import io.amivet.fs.FsPath;
import io.amivet.source.Disk;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An earlier state of a target, opened, of which files are known that need no second look.
 *
 * @param id snapshot, AMI or file, as the user named it
 * @param disks of the base, in the order of the target's
 * @param changes of each disk of the target that has a counterpart, in the same order
 * @param report what a report of the base says; null if there is none
 */
public record Base(
    String id, List<Disk> disks, List<DiskChanges> changes, @Nullable BaseReport report) {
  public Base {
    disks = List.copyOf(disks);
    changes = List.copyOf(changes);
    if (changes.size() > disks.size()) {
      throw new IllegalArgumentException("changes of disks that the base does not have");
    }
  }

  /**
   * A report of the base.
   *
   * @param name of its file as given
   * @param foundIn the files that it names, by path on their volume
   * @param complete whether it had seen all of the base
   */
  public record BaseReport(String name, Set<FsPath> foundIn, boolean complete) {
    public BaseReport {
      foundIn = Set.copyOf(foundIn);
    }
  }
}
