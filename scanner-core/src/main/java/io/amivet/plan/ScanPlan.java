package io.amivet.plan;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.MergedRanges;
import io.amivet.block.Urgency;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which files of one volume are read, in the order of the disk.
 *
 * @param files ascending by position
 */
public record ScanPlan(List<PlannedFile> files) {

  public ScanPlan {
    files = files.stream().sorted(Comparator.comparingLong(PlannedFile::position)).toList();
  }

  /** Of these files, those that are wanted. */
  public ScanPlan of(Predicate<PlannedFile> wanted) {
    return new ScanPlan(files.stream().filter(wanted).toList());
  }

  public long diskBytes() {
    return files.stream().mapToLong(PlannedFile::diskBytes).sum();
  }

  /** What the files need from the volume, file by file. */
  public List<ByteRange> ranges() {
    MergedRanges ranges = new MergedRanges();
    for (PlannedFile file : files) {
      file.ranges().forEach(range -> ranges.add(range.offset(), range.length()));
    }
    return ranges.toList();
  }

  /**
   * Asks the device of the volume for all that the files need. A remote one streams it in the order
   * of the disk, as far ahead of the readers as its cache allows.
   */
  public void prefetch(BlockDevice volume) {
    volume.prefetch(ranges(), Urgency.EVENTUALLY);
  }
}
