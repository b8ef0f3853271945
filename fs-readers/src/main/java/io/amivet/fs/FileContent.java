package io.amivet.fs;

import io.amivet.block.ByteRange;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Where the contents of a file or symbolic link lie. Never longer than {@code sizeBytes}. */
public sealed interface FileContent {

  /** Length of the contents in bytes; for regular files {@code st_size}. */
  long sizeBytes();

  /**
   * The ranges of the file that were written, ascending: neither holes nor unwritten extents, which
   * read as zeros. None reaches past the end of the file.
   */
  List<ByteRange> writtenRanges();

  /**
   * Where the bytes of a part of the file lie on the volume, in the order of the file; for ordering
   * and prefetching. Holes and unwritten extents have no place.
   *
   * @param start first byte of the file
   * @param end first byte of the file after the part
   */
  List<ByteRange> storedRanges(long start, long end);

  /** How many bytes {@link #writtenRanges} holds. */
  default long writtenBytes() {
    return writtenRanges().stream().mapToLong(ByteRange::length).sum();
  }

  /**
   * Contents kept inside the inode or its attributes.
   *
   * @param bytes exactly the contents; do not modify
   */
  record Inline(byte[] bytes) implements FileContent {
    @Override
    public long sizeBytes() {
      return bytes.length;
    }

    @Override
    public List<ByteRange> writtenRanges() {
      return bytes.length == 0 ? List.of() : List.of(new ByteRange(0, bytes.length));
    }

    @Override
    public List<ByteRange> storedRanges(long start, long end) {
      return List.of();
    }
  }

  /**
   * Contents in blocks of the volume. What no extent covers is a hole and reads as zeros.
   *
   * @param extents ascending by {@code fileOffset}, not overlapping, inside the volume
   */
  record Mapped(long sizeBytes, List<Extent> extents) implements FileContent {
    public Mapped {
      extents = List.copyOf(extents);
    }

    @Override
    public List<ByteRange> writtenRanges() {
      List<ByteRange> ranges = new ArrayList<>(extents.size());
      for (Extent extent : extents) {
        long end = Math.min(extent.fileEnd(), sizeBytes);
        if (!extent.unwritten() && extent.fileOffset() < end) {
          ranges.add(new ByteRange(extent.fileOffset(), end - extent.fileOffset()));
        }
      }
      return ranges;
    }

    @Override
    public List<ByteRange> storedRanges(long start, long end) {
      List<ByteRange> ranges = new ArrayList<>();
      for (int i = FilePiece.firstEndingAfter(extents, start); i < extents.size(); i++) {
        Extent extent = extents.get(i);
        long from = Math.max(start, extent.fileOffset());
        long to = Math.min(end, extent.fileEnd());
        if (from >= to) {
          break;
        }
        if (!extent.unwritten()) {
          ranges.add(
              new ByteRange(extent.volumeOffset() + (from - extent.fileOffset()), to - from));
        }
      }
      return ranges;
    }
  }

  /**
   * Contents that a format has to make from what is stored. What no extent covers is a hole and
   * reads as zeros.
   *
   * @param extents ascending by {@code fileOffset}, not overlapping
   * @param bytes delivers the bytes
   */
  record Encoded(long sizeBytes, List<EncodedExtent> extents, Bytes bytes) implements FileContent {
    public Encoded {
      extents = List.copyOf(extents);
    }

    /** The decoded contents by position. Thread-safe. */
    @FunctionalInterface
    public interface Bytes {
      /**
       * Fills {@code target} with the contents from {@code position} on, holes as zeros. The range
       * is inside the file. Cheap when called front to back in large pieces.
       *
       * @throws io.amivet.block.CorruptImageException if what is stored cannot be decoded
       */
      void read(long position, MemorySegment target) throws IOException;
    }

    @Override
    public List<ByteRange> writtenRanges() {
      List<ByteRange> ranges = new ArrayList<>(extents.size());
      for (EncodedExtent extent : extents) {
        long end = Math.min(extent.fileEnd(), sizeBytes);
        if (extent.fileOffset() < end) {
          ranges.add(new ByteRange(extent.fileOffset(), end - extent.fileOffset()));
        }
      }
      return ranges;
    }

    @Override
    public List<ByteRange> storedRanges(long start, long end) {
      List<ByteRange> ranges = new ArrayList<>();
      for (int i = FilePiece.firstEndingAfter(extents, start); i < extents.size(); i++) {
        EncodedExtent extent = extents.get(i);
        if (extent.fileOffset() >= end) {
          break;
        }
        if (extent.stored().length() > 0) {
          ranges.add(extent.stored());
        }
      }
      return ranges;
    }
  }
}
