package io.amivet.squashfs;

import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.fs.DirectoryEntry;
import io.amivet.fs.DirectoryListing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The listing of a directory: runs of entries whose inodes lie in the same metadata block, each
 * after a header ({@code squashfs_dir_header}, {@code squashfs_dir_entry}). The index of large
 * directories only helps to find a name, and is not read.
 */
final class DirectoryReader {
  private static final int HEADER_BYTES = 12;
  private static final int ENTRY_BYTES = 8;

  /** {@code SQUASHFS_DIR_COUNT}. */
  private static final int MAX_RUN = 256;

  /** A listing's length counts these, though they are not in it: {@code .} and {@code ..}. */
  private static final int DOTS = 3;

  private static final int MAX_NAME_BYTES = 255;
  private static final int MAX_NAMES = 4_000_000;

  private final Metadata metadata;
  private final InodeReferences references;
  private final MetadataCursor cursor;
  private final List<DirectoryEntry> entries = new ArrayList<>();
  private long left;
  private boolean complete = true;

  private DirectoryReader(
      Metadata metadata, InodeReferences references, MetadataCursor cursor, long left) {
    this.metadata = metadata;
    this.references = references;
    this.cursor = cursor;
    this.left = left;
  }

  static DirectoryListing read(Metadata metadata, InodeReferences references, DiskInode directory)
      throws IOException {
    boolean basic = directory.kind() == DiskInode.Kind.DIRECTORY;
    StructView fields = directory.fields();
    long start_block = fields.u32le(basic ? 16 : 24);
    int offset = fields.u16le(basic ? 26 : 34);
    long table = metadata.superblock.directoryTable();
    DirectoryReader reader =
        new DirectoryReader(
            metadata,
            references,
            new MetadataCursor(metadata, table + start_block, offset),
            directory.inode().sizeBytes() - DOTS);
    return reader.run();
  }

  /** What comes after damage cannot be found, since entries have no fixed place. */
  private DirectoryListing run() {
    try {
      while (left > 0) {
        readRun();
      }
    } catch (CorruptImageException e) {
      metadata.anomalies.add(e);
      complete = false;
    } catch (IOException e) {
      complete = false;
    }
    return new DirectoryListing(entries, complete);
  }

  private void readRun() throws IOException {
    take(HEADER_BYTES, SquashfsFault.DIRECTORY_HEADER);
    StructView header = cursor.struct("squashfs_dir_header", HEADER_BYTES);
    long count = header.u32le(0) + 1;
    if (count > MAX_RUN) {
      throw header.corrupt(SquashfsFault.DIRECTORY_HEADER, 0, count + " entries");
    }
    for (int i = 0; i < count; i++) {
      readEntry(header.u32le(4), header.i32le(8));
    }
  }

  private void readEntry(long startBlock, int firstNumber) throws IOException {
    take(ENTRY_BYTES, SquashfsFault.DIRECTORY_ENTRY);
    StructView entry = cursor.struct("squashfs_dir_entry", ENTRY_BYTES);
    int offset = entry.u16le(0);
    short inode_number = (short) entry.u16le(2);
    int size = entry.u16le(6) + 1;
    take(size, SquashfsFault.DIRECTORY_ENTRY);
    if (size > MAX_NAME_BYTES) {
      throw entry.corrupt(SquashfsFault.DIRECTORY_NAME, 6, size + " bytes");
    }
    byte[] name = cursor.bytes(size);
    if (!allowed(name)) {
      metadata.anomalies.add(entry.anomaly(SquashfsFault.DIRECTORY_NAME, 6, ""));
      complete = false;
      return;
    }
    if (entries.size() >= MAX_NAMES) {
      throw entry.corrupt(SquashfsFault.DIRECTORY_LIMIT, 0, MAX_NAMES + " names");
    }
    long number = Integer.toUnsignedLong(firstNumber + inode_number);
    if (!references.put(number, (startBlock << 16) | offset)) {
      metadata.anomalies.add(
          entry.anomaly(SquashfsFault.DIRECTORY_INODE, 2, String.valueOf(number)));
      complete = false;
      return;
    }
    entries.add(new DirectoryEntry(name, number));
  }

  private void take(int bytes, SquashfsFault fault) throws IOException {
    if (bytes > left) {
      throw cursor.corrupt(fault, "directory", "reaches past the end of the listing");
    }
    left -= bytes;
  }

  private static boolean allowed(byte[] name) {
    for (byte b : name) {
      if (b == 0 || b == '/') {
        return false;
      }
    }
    return !(name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.')));
  }
}
