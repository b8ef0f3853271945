package io.amivet.ext;

import io.amivet.block.Anomaly;
import io.amivet.block.AnomalyLog;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.fs.DirectoryEntry;
import io.amivet.fs.DirectoryListing;
import io.amivet.fs.Extent;
import io.amivet.fs.FileContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The names in one directory: {@code ext4_dir_entry_2} of {@code ext4.h}. Hash trees are read leaf
 * after leaf in the order of the file; their inner blocks look like one unused entry. What is
 * damaged costs the rest of its block.
 */
final class DirectoryReader {
  /** Bounds memory; a directory of this size fills over 30 MB even with the shortest names. */
  private static final int MAX_ENTRIES = 2 << 20;

  private static final int HEADER_BYTES = 8;
  private static final int MIN_ENTRY_BYTES = 12;

  /** An inline directory starts with the parent's number in place of two entries. */
  private static final int INLINE_PARENT_BYTES = 4;

  private static final int LARGE_BLOCK_BYTES = 65536;

  private final Blocks blocks;
  private final AnomalyLog anomalies;
  private final DiskInode directory;
  private final DirectoryChecksum checksum;
  private final List<DirectoryEntry> entries = new ArrayList<>();
  private boolean complete = true;

  private DirectoryReader(Blocks blocks, DiskInode directory) {
    this.blocks = blocks;
    this.anomalies = blocks.anomalies();
    this.directory = directory;
    this.checksum = new DirectoryChecksum(blocks, directory);
  }

  static DirectoryListing read(
      Blocks blocks, DiskInode directory, ContentMap.Salvaged found, AttributeReader attributes)
      throws IOException {
    DirectoryReader reader = new DirectoryReader(blocks, directory);
    try {
      switch (found.content()) {
        case FileContent.Inline inline -> reader.readInline(inline.bytes().length, attributes);
        case FileContent.Mapped mapped -> reader.readBlocks(mapped);
        case FileContent.Encoded _ -> throw new IllegalStateException("ext encodes no contents");
      }
    } catch (CorruptImageException cut) {
      reader.lose(cut.toAnomaly());
    }
    return new DirectoryListing(reader.entries, reader.complete && found.whole());
  }

  private void readInline(int sizeBytes, AttributeReader attributes) throws IOException {
    int inInode = Math.min(sizeBytes, DiskInode.BLOCK_BYTES) - INLINE_PARENT_BYTES;
    if (inInode > 0) {
      int at = DiskInode.BLOCK_AT + INLINE_PARENT_BYTES;
      readEntries(directory.struct().slice("ext4_dir_entry_2", at, inInode));
    }
    int left = sizeBytes - DiskInode.BLOCK_BYTES;
    if (left <= 0) {
      return;
    }
    StructView behind = attributes.inlineData(directory);
    int length = behind == null ? 0 : Math.min(behind.sizeBytes(), left);
    if (behind != null && length > 0) {
      readEntries(behind.slice("ext4_dir_entry_2", 0, length));
    }
    if (length < left) {
      recordHole((long) DiskInode.BLOCK_BYTES + length);
    }
  }

  private void readBlocks(FileContent.Mapped mapped) throws IOException {
    int size = blocks.sizeBytes();
    long budget = blocks.usableBlocks();
    long next = 0;
    for (Extent extent : mapped.extents()) {
      if (extent.unwritten() || extent.fileOffset() > next) {
        recordHole(next);
      }
      next = extent.fileEnd();
      if (extent.unwritten()) {
        continue;
      }
      for (long done = 0; done < extent.lengthBytes(); done += size) {
        if (--budget < 0) {
          throw directory.struct().corrupt(ExtFault.DIRECTORY_TOO_LARGE, 0x4, describe());
        }
        StructView block =
            blocks.volume().struct("ext4_dir_entry_2", extent.volumeOffset() + done, size);
        checksum.check(block, extent.fileOffset() + done == 0);
        readEntries(block);
      }
    }
    if (next < mapped.sizeBytes()) {
      recordHole(next);
    }
  }

  /** A directory has no holes: where one is, names were ({@code ext4_readdir} complains too). */
  private void recordHole(long fileOffset) {
    lose(
        directory
            .struct()
            .anomaly(
                ExtFault.DIRECTORY_HOLE,
                DiskInode.BLOCK_AT,
                describe() + " from byte " + fileOffset));
  }

  private void lose(Anomaly anomaly) {
    complete = false;
    anomalies.add(anomaly);
  }

  private void readEntries(StructView area) throws CorruptImageException {
    int at = 0;
    while (at < area.sizeBytes()) {
      if (!area.holds(at, HEADER_BYTES)) {
        recordBadEntry(area, at, "no room for an entry");
        return;
      }
      long inode = area.u32le(at);
      int recordBytes = recordBytes(area, at);
      int name_len = area.u8(at + 0x6);
      if (recordBytes < MIN_ENTRY_BYTES
          || recordBytes % 4 != 0
          || !area.holds(at, recordBytes)
          || (inode != 0 && (name_len == 0 || HEADER_BYTES + name_len > recordBytes))) {
        recordBadEntry(area, at, "record of " + recordBytes + ", name of " + name_len + " bytes");
        return;
      }
      if (inode != 0) {
        add(area, at, inode, area.bytes(at + HEADER_BYTES, name_len));
      }
      at += recordBytes;
    }
  }

  /** A record as large as a 64 KiB block does not fit 16 bits ({@code ext4_rec_len_from_disk}). */
  private static int recordBytes(StructView area, int at) {
    int rec_len = area.u16le(at + 0x4);
    boolean whole = area.sizeBytes() == LARGE_BLOCK_BYTES && (rec_len == 0xffff || rec_len == 0);
    return whole ? LARGE_BLOCK_BYTES : rec_len;
  }

  private void add(StructView area, int at, long inode, byte[] name) throws CorruptImageException {
    if (name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'))) {
      return;
    }
    byte[] shown = directory.isEncrypted() ? NoKeyName.of(name, hash(area, at, name)) : name;
    if (!isPossible(shown)) {
      lose(area.anomaly(ExtFault.DIRECTORY_NAME, at + HEADER_BYTES, describe()));
      return;
    }
    if (entries.size() >= MAX_ENTRIES) {
      throw area.corrupt(ExtFault.DIRECTORY_TOO_LARGE, at, describe());
    }
    entries.add(new DirectoryEntry(shown, inode));
  }

  /** What the kernel makes a part of encrypted names: only directories that are read by hash. */
  private long hash(StructView area, int at, byte[] name) {
    Superblock superblock = blocks.superblock();
    if (directory.isCasefolded()) {
      // Behind the name, since only who has the key can tell (ext4_dir_entry_hash).
      int hashAt = at + ((HEADER_BYTES + name.length + 3) & ~3);
      return area.holds(hashAt, Long.BYTES) ? area.u64le(hashAt) : 0;
    }
    boolean byHash =
        directory.isIndexed()
            || directory.hasInlineData()
            || directory.sizeBytes() == blocks.sizeBytes();
    return byHash && superblock.has(Feature.DIR_INDEX) && superblock.directoryHash().known()
        ? superblock.directoryHash().of(name)
        : 0;
  }

  private static boolean isPossible(byte[] name) {
    for (byte b : name) {
      if (b == 0 || b == '/') {
        return false;
      }
    }
    return true;
  }

  private void recordBadEntry(StructView area, int at, String detail) {
    lose(area.anomaly(ExtFault.DIRECTORY_ENTRY, at, describe() + ", " + detail));
  }

  private String describe() {
    return "directory inode " + directory.number();
  }
}
