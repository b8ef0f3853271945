package io.amivet.btrfs;

import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.fs.EncodedExtent;
import io.amivet.fs.Extent;
import io.amivet.fs.FileContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Gathers the pieces of a file and finds the simplest form that holds them all. */
final class ContentMap {
  /** Bounds memory. */
  private static final int MAX_EXTENTS = 4 << 20;

  /** Above this, a file whose only extent lies in its item is not kept in memory. */
  private static final int MAX_INLINE_BYTES = 64 << 10;

  private final FileSystem fs;
  private final long sizeBytes;
  private final List<FileExtent> extents = new ArrayList<>();
  private long end;

  private ContentMap(FileSystem fs, long sizeBytes) {
    this.fs = fs;
    this.sizeBytes = sizeBytes;
  }

  /**
   * @throws CorruptImageException if a piece is damaged or lost
   */
  static FileContent of(FileSystem fs, Subvolume subvolume, long objectId, long sizeBytes)
      throws IOException {
    ContentMap map = new ContentMap(fs, sizeBytes);
    boolean whole =
        fs.trees()
            .scan(
                subvolume.root(),
                Key.firstOf(objectId, ItemType.EXTENT_DATA),
                Key.lastOf(objectId, ItemType.EXTENT_DATA),
                map::add);
    if (!whole) {
      throw new CorruptImageException(
          BtrfsFault.EXTENT_LOST, -1, "EXTENT_DATA", "of inode " + objectId);
    }
    return map.content();
  }

  private boolean add(Key key, StructView item) throws IOException {
    FileExtent extent = FileExtent.parse(key.offset(), fs.superblock().sectorBytes(), item);
    if (extent.fileOffset() < end) {
      throw item.corrupt(BtrfsFault.EXTENT_ORDER, 0, "at " + extent.fileOffset());
    }
    if (extents.size() >= MAX_EXTENTS) {
      throw item.corrupt(BtrfsFault.EXTENT_LIMIT, 0, "");
    }
    end = extent.fileEnd();
    boolean inside = extent.fileOffset() < sizeBytes;
    if (inside && extent.lengthBytes() > 0 && !extent.isHole()) {
      extents.add(extent);
    }
    return inside;
  }

  private FileContent content() throws IOException {
    if (extents.size() == 1 && sizeBytes <= MAX_INLINE_BYTES) {
      FileExtent only = extents.getFirst();
      boolean raw = only.kind() == FileExtent.Kind.INLINE && only.compression() == Compression.NONE;
      if (raw && only.fileOffset() == 0) {
        return new FileContent.Inline(Arrays.copyOf(only.inline(), (int) sizeBytes));
      }
    }
    return extents.stream().allMatch(FileExtent::isPlain) ? mapped() : encoded();
  }

  private FileContent mapped() throws IOException {
    List<Extent> pieces = new ArrayList<>(extents.size());
    for (FileExtent extent : extents) {
      boolean unwritten = extent.kind() == FileExtent.Kind.PREALLOCATED;
      long address = extent.diskAddress() + extent.offset();
      long offset = fs.chunks().locate(address, extent.lengthBytes())[0];
      pieces.add(new Extent(extent.fileOffset(), offset, extent.lengthBytes(), unwritten));
    }
    return new FileContent.Mapped(sizeBytes, pieces);
  }

  private FileContent encoded() throws IOException {
    List<EncodedExtent> pieces = new ArrayList<>(extents.size());
    List<FileExtent> written = new ArrayList<>(extents.size());
    for (FileExtent extent : extents) {
      if (extent.kind() != FileExtent.Kind.PREALLOCATED) {
        written.add(extent);
        pieces.add(new EncodedExtent(extent.fileOffset(), extent.lengthBytes(), stored(extent)));
      }
    }
    return new FileContent.Encoded(sizeBytes, pieces, new EncodedBytes(fs, written));
  }

  private ByteRange stored(FileExtent extent) throws IOException {
    if (extent.kind() == FileExtent.Kind.INLINE) {
      return new ByteRange(0, 0);
    }
    boolean raw = extent.compression() == Compression.NONE;
    long address = extent.diskAddress() + (raw ? extent.offset() : 0);
    long length = raw ? extent.lengthBytes() : extent.diskBytes();
    return new ByteRange(fs.chunks().locate(address, length)[0], length);
  }
}
