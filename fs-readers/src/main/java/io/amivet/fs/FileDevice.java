package io.amivet.fs;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.Places;
import io.amivet.block.Urgency;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The contents of a regular file as a device: an image inside an image. Closing it does nothing.
 */
public final class FileDevice implements BlockDevice {
  private final BlockDevice volume;
  private final FileContent content;
  private final ContentReader reader;
  private final String name;

  /**
   * @param volume what the contents lie on
   * @param name path of the file
   */
  public FileDevice(BlockDevice volume, FileContent content, String name) {
    this.volume = volume;
    this.content = content;
    this.reader = new ContentReader(volume, content);
    this.name = name;
  }

  @Override
  public long sizeBytes() {
    return content.sizeBytes();
  }

  @Override
  public void read(long offset, MemorySegment target) throws IOException {
    checkRange(offset, target.byteSize());
    reader.read(offset, target);
  }

  @Override
  public MemorySegment view(long offset, long lengthBytes) throws IOException {
    checkRange(offset, lengthBytes);
    byte[] copy = new byte[Math.toIntExact(lengthBytes)];
    reader.read(offset, MemorySegment.ofArray(copy));
    return MemorySegment.ofArray(copy).asReadOnly();
  }

  @Override
  public List<ByteRange> dataRanges() {
    List<ByteRange> merged = new ArrayList<>();
    for (ByteRange written : content.writtenRanges()) {
      if (!merged.isEmpty() && merged.getLast().end() == written.offset()) {
        ByteRange before = merged.removeLast();
        merged.add(new ByteRange(before.offset(), before.length() + written.length()));
      } else {
        merged.add(written);
      }
    }
    return merged;
  }

  @Override
  public void prefetch(List<ByteRange> ranges, Urgency urgency) {
    List<ByteRange> stored = new ArrayList<>();
    for (ByteRange wanted : ranges) {
      stored.addAll(content.storedRanges(wanted.offset(), wanted.end()));
    }
    volume.prefetch(stored, urgency);
  }

  @Override
  public void places(long offset, long lengthBytes, Places sink) {
    long end = offset + lengthBytes;
    if (!(content instanceof FileContent.Mapped mapped)) {
      sink.add(this, offset, lengthBytes);
      return;
    }
    long at = offset;
    for (ByteRange written : mapped.writtenRanges()) {
      long from = Math.max(at, written.offset());
      long to = Math.min(end, written.end());
      if (from >= to) {
        continue;
      }
      if (from > at) {
        sink.add(this, at, from - at);
      }
      for (ByteRange stored : mapped.storedRanges(from, to)) {
        volume.places(stored.offset(), stored.length(), sink);
      }
      at = to;
    }
    if (at < end) {
      sink.add(this, at, end - at);
    }
  }

  /** Where the byte is stored; -1 if it is in no block, or not as it is. */
  @Override
  public long imageOffset(long offset) {
    List<ByteRange> stored =
        content instanceof FileContent.Mapped
            ? content.storedRanges(offset, offset + 1)
            : List.of();
    return stored.isEmpty() ? -1 : volume.imageOffset(stored.getFirst().offset());
  }

  @Override
  public String toString() {
    return name + " on " + volume;
  }
}
