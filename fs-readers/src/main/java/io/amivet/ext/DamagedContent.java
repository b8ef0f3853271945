package io.amivet.ext;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.fs.ContentReader;
import io.amivet.fs.EncodedExtent;
import io.amivet.fs.Extent;
import io.amivet.fs.FileContent;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Contents whose map is damaged in part. As with the kernel, what intact branches map can be read,
 * and a read that touches what the others mapped fails.
 */
final class DamagedContent implements FileContent.Encoded.Bytes {
  private final ContentReader intact;
  private final List<ByteRange> lost;
  private final CorruptImageException damage;

  private DamagedContent(ContentReader intact, List<ByteRange> lost, CorruptImageException damage) {
    this.intact = intact;
    this.lost = lost;
    this.damage = damage;
  }

  /**
   * Contents that show the lost parts as written, so that no reader passes them by.
   *
   * @param lost in any order; where intact extents lie after all, those count
   */
  static FileContent.Encoded of(
      BlockDevice volume,
      FileContent.Mapped intact,
      List<ByteRange> lost,
      CorruptImageException damage) {
    List<ByteRange> gaps = withoutExtents(lost, intact.extents());
    List<EncodedExtent> extents = new ArrayList<>();
    for (Extent extent : intact.extents()) {
      if (!extent.unwritten()) {
        ByteRange stored = new ByteRange(extent.volumeOffset(), extent.lengthBytes());
        extents.add(new EncodedExtent(extent.fileOffset(), extent.lengthBytes(), stored));
      }
    }
    for (ByteRange gap : gaps) {
      extents.add(new EncodedExtent(gap.offset(), gap.length(), new ByteRange(0, 0)));
    }
    extents.sort(Comparator.comparingLong(EncodedExtent::fileOffset));
    return new FileContent.Encoded(
        intact.sizeBytes(),
        extents,
        new DamagedContent(new ContentReader(volume, intact), gaps, damage));
  }

  private static List<ByteRange> withoutExtents(List<ByteRange> lost, List<Extent> extents) {
    List<ByteRange> gaps = new ArrayList<>();
    List<ByteRange> ascending = new ArrayList<>(lost);
    ascending.sort(null);
    long from = 0;
    int i = 0;
    for (ByteRange range : ascending) {
      from = Math.max(from, range.offset());
      while (i < extents.size() && extents.get(i).fileEnd() <= from) {
        i++;
      }
      while (from < range.end()
          && i < extents.size()
          && extents.get(i).fileOffset() < range.end()) {
        addIfAny(gaps, from, extents.get(i).fileOffset());
        from = Math.max(from, extents.get(i).fileEnd());
        i++;
      }
      addIfAny(gaps, from, range.end());
      from = Math.max(from, range.end());
    }
    return gaps;
  }

  private static void addIfAny(List<ByteRange> ranges, long start, long end) {
    if (start < end) {
      ranges.add(new ByteRange(start, end - start));
    }
  }

  @Override
  public void read(long position, MemorySegment target) throws IOException {
    long end = position + target.byteSize();
    for (ByteRange gap : lost) {
      if (gap.offset() < end && gap.end() > position) {
        throw damage;
      }
    }
    intact.read(position, target);
  }
}
