package io.amivet.ext;

import io.amivet.block.AnomalyLog;
import io.amivet.block.MemoryDevice;
import io.amivet.fs.Extent;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.JournalMode;
import io.amivet.testdata.TestImages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The bytes of an image whose journal is to be damaged. */
final class JournalImage {
  static final int DESCRIPTOR = 1;
  static final int COMMIT = 2;
  static final int REVOKE = 5;

  private static final long JOURNAL_INODE = 8;
  private static final int MAGIC = 0xc03b3998;

  private final byte[] bytes;
  private final int blockSizeBytes;
  private final List<Extent> extents;

  JournalImage(String name, Path folder) throws IOException {
    bytes = Files.readAllBytes(TestImages.unpack(name, folder));
    FileSystemView fs = open(new AnomalyLog(), JournalMode.AS_ON_DISK);
    blockSizeBytes = fs.blockSizeBytes();
    extents = ((FileContent.Mapped) fs.content(fs.inode(JOURNAL_INODE))).extents();
  }

  byte[] bytes() {
    return bytes;
  }

  /** For fields of the journal; those of the superblock are little-endian. */
  ByteBuffer bigEndian() {
    return ByteBuffer.wrap(bytes);
  }

  FileSystemView open(AnomalyLog anomalies, JournalMode mode) throws IOException {
    return new ExtFormat().open(new MemoryDevice("image", bytes), anomalies, mode);
  }

  /** Where a block of the journal lies in the image. */
  int at(long block) {
    for (Extent extent : extents) {
      if (block * blockSizeBytes < extent.fileEnd()) {
        return (int) (extent.volumeOffset() + block * blockSizeBytes - extent.fileOffset());
      }
    }
    throw new AssertionError("no block " + block);
  }

  /** Where the blocks of a kind lie that belong to the log, in the order of the journal. */
  List<Integer> blocksOf(int type) {
    int oldest = bigEndian().getInt(at(0) + 0x18);
    List<Integer> places = new ArrayList<>();
    for (long block = 1; block * blockSizeBytes < extents.getLast().fileEnd(); block++) {
      int at = at(block);
      if (bigEndian().getInt(at) == MAGIC
          && bigEndian().getInt(at + 4) == type
          && bigEndian().getInt(at + 8) >= oldest) {
        places.add(at);
      }
    }
    return places;
  }
}
