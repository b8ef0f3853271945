package io.amivet.xfs;

import io.amivet.block.Anomaly;
import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.MemoryDevice;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FsPath;
import io.amivet.fs.Inode;
import io.amivet.fs.JournalMode;
import io.amivet.fs.PathLookup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A test image in memory that can be damaged at chosen places before it is opened. */
final class PatchedImage {
  final byte[] bytes;
  final AnomalyLog anomalies = new AnomalyLog();

  PatchedImage(byte[] bytes) {
    this.bytes = bytes;
  }

  BlockDevice device() {
    return new MemoryDevice("patched image", bytes);
  }

  FileSystemView open() throws IOException {
    return new XfsFormat().open(device(), anomalies);
  }

  FileSystemView openAsOnDisk() throws IOException {
    return new XfsFormat().open(device(), anomalies, JournalMode.AS_ON_DISK);
  }

  Superblock superblock() throws IOException {
    return Superblock.parse(device().struct("xfs_dsb", 0, Superblock.SIZE_BYTES));
  }

  PatchedImage u8(long at, int value) {
    bytes[Math.toIntExact(at)] = (byte) value;
    return this;
  }

  PatchedImage u16(long at, int value) {
    ByteBuffer.wrap(bytes).putShort(Math.toIntExact(at), (short) value);
    return this;
  }

  PatchedImage u32(long at, long value) {
    ByteBuffer.wrap(bytes).putInt(Math.toIntExact(at), (int) value);
    return this;
  }

  PatchedImage u64(long at, long value) {
    ByteBuffer.wrap(bytes).putLong(Math.toIntExact(at), value);
    return this;
  }

  /** The inode at a path of the undamaged image. */
  Inode inode(String path) throws IOException {
    FileSystemView fs = new XfsFormat().open(device(), new AnomalyLog());
    Optional<FileEntry> found = new PathLookup(fs).find(FsPath.of(path));
    return found.orElseThrow(() -> new AssertionError("no " + path)).inode();
  }

  /** Byte offset of the inode at a path. */
  long inodeOffset(String path) throws IOException {
    return superblock().geometry().inodeOffset(inode(path).number());
  }

  /** The recorded anomaly of a kind, which must exist. */
  Anomaly anomaly(XfsFault fault) {
    for (Anomaly anomaly : anomalies.toList()) {
      if (anomaly.code().equals(fault.code())) {
        return anomaly;
      }
    }
    throw new AssertionError("no " + fault + " in " + anomalies.toList());
  }
}
