package io.amivet.plan;

import io.amivet.block.ByteRange;
import java.util.ArrayList;
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

  /** What the files {@code [from, to)} need from the disk, in their order. */
  public List<ByteRange> ranges(int from, int to) {
    List<ByteRange> ranges = new ArrayList<>();
    for (PlannedFile file : files.subList(from, to)) {
      ranges.addAll(file.ranges());
    }
    return ranges;
  }
}
