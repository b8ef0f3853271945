package io.amivet.erofs;

import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.fs.ContentReader;
import io.amivet.fs.DirectoryEntry;
import io.amivet.fs.DirectoryListing;
import io.amivet.fs.FileContent;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Directory blocks: an array of {@code erofs_dirent}, then the names, each up to the start of the
 * next, the last up to the end of the block or a NUL.
 */
final class DirectoryReader {
  private static final int DIRENT_BYTES = 12;
  private static final int MAX_NAME_BYTES = 255;
  private static final long MAX_DIRECTORY_BYTES = 512 << 20;
  private static final int MAX_BAD_BLOCKS = 100;

  private final Metadata metadata;
  private final FileContent content;
  private final long position;
  private final List<DirectoryEntry> entries = new ArrayList<>();
  private int badBlocks;
  private boolean complete = true;

  private DirectoryReader(Metadata metadata, FileContent content, long position) {
    this.metadata = metadata;
    this.content = content;
    this.position = position;
  }

  static DirectoryListing read(Metadata metadata, FileContent content, long position)
      throws IOException {
    return new DirectoryReader(metadata, content, position).run();
  }

  private DirectoryListing run() throws IOException {
    long size = content.sizeBytes();
    if (size > MAX_DIRECTORY_BYTES) {
      throw metadata.corrupt(ErofsFault.DIRECTORY_LIMIT, position, "directory", size + " bytes");
    }
    int blockSize = metadata.superblock.blockSizeBytes();
    ContentReader reader = new ContentReader(metadata.volume, content);
    for (long at = 0; at < size && badBlocks < MAX_BAD_BLOCKS; at += blockSize) {
      byte[] block = new byte[(int) Math.min(blockSize, size - at)];
      try {
        reader.read(at, MemorySegment.ofArray(block));
        readBlock(new StructView(metadata.volume, "erofs_dirent", place(at), segment(block)));
      } catch (CorruptImageException e) {
        metadata.anomalies.add(e);
        badBlocks++;
        complete = false;
      }
    }
    return new DirectoryListing(entries, complete);
  }

  private static MemorySegment segment(byte[] block) {
    return MemorySegment.ofArray(block);
  }

  /** Where the block lies, for messages; the directory's inode if it is nowhere as it is. */
  private long place(long at) {
    return content instanceof FileContent.Mapped mapped
            && !mapped.storedRanges(at, at + 1).isEmpty()
        ? mapped.storedRanges(at, at + 1).getFirst().offset()
        : position;
  }

  private void readBlock(StructView block) throws CorruptImageException {
    int first = block.sizeBytes() < DIRENT_BYTES ? 0 : block.u16le(8);
    if (first < DIRENT_BYTES || first % DIRENT_BYTES != 0 || first >= block.sizeBytes()) {
      throw block.corrupt(ErofsFault.DIRECTORY_BLOCK, 0, "first name at " + first);
    }
    int start = first;
    for (int at = 0; at < first; at += DIRENT_BYTES) {
      boolean last = at + DIRENT_BYTES == first;
      int end = last ? block.sizeBytes() : block.u16le(at + DIRENT_BYTES + 8);
      if (end <= start || end > block.sizeBytes()) {
        throw block.corrupt(ErofsFault.DIRECTORY_BLOCK, at, "name from " + start + " to " + end);
      }
      int length = last ? textBytes(block, start, end) : end - start;
      add(block, at, block.bytes(start, length));
      start = end;
    }
  }

  private static int textBytes(StructView block, int start, int end) {
    int length = 0;
    while (start + length < end && block.u8(start + length) != 0) {
      length++;
    }
    return length;
  }

  private void add(StructView block, int at, byte[] name) {
    boolean dot = name.length == 1 && name[0] == '.';
    boolean dots = name.length == 2 && name[0] == '.' && name[1] == '.';
    if (dot || dots) {
      return;
    }
    boolean bad = name.length == 0 || name.length > MAX_NAME_BYTES;
    for (byte b : name) {
      bad |= b == 0 || b == '/';
    }
    if (bad) {
      metadata.anomalies.add(block.anomaly(ErofsFault.DIRECTORY_NAME, at, ""));
      complete = false;
    } else {
      entries.add(new DirectoryEntry(name, block.u64le(at)));
    }
  }
}
