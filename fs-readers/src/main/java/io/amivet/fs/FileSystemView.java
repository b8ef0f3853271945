package io.amivet.fs;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One file system, opened for reading. Thread-safe. Its methods are the primitives that the shared
 * walk, lookup and content reader build on; each may throw {@link
 * io.amivet.block.CorruptImageException} for one damaged object without harm to the others.
 */
public interface FileSystemView {

  /** What {@code blkid} would call it: {@code ext4}, {@code ext3}, {@code ext2}, {@code xfs}. */
  String type();

  /** Volume label; empty if none. */
  String label();

  /** Volume uuid in the usual form; empty if none. */
  String uuid();

  /** Bytes of a file-system block. */
  int blockSizeBytes();

  /**
   * Bytes of a volume that the file system says it fills. More than {@link #volume} has if the
   * image was cut short.
   */
  default long sizeBytes() {
    return volume().sizeBytes();
  }

  /** What else a person should know: {@code needs journal recovery}, feature notes. */
  List<String> notes();

  /** Whether the format keeps a journal, and what became of what it holds. */
  default JournalState journal() {
    return JournalState.NONE;
  }

  /**
   * Why what is read here may be older than what the kernel would show: a journal that was not, or
   * not wholly, replayed. Such a volume never counts as completely read.
   */
  default Optional<String> staleReason() {
    return Optional.empty();
  }

  /** The volume this reads from, with what was replayed over it. */
  BlockDevice volume();

  /** Number of the root directory's inode. */
  long rootInodeNumber();

  /**
   * What {@code stat} gives as the number of an inode, which need not be unique: btrfs counts
   * inodes anew in each subvolume.
   */
  default long shownInodeNumber(long number) {
    return number;
  }

  /**
   * Reads one inode.
   *
   * @throws io.amivet.block.CorruptImageException if the number is out of range, or the inode is
   *     free or damaged beyond use
   */
  Inode inode(long number) throws IOException;

  /** What begins at this directory, if it can be mounted by itself; the root always can. */
  default Optional<SubvolumeRoot> subvolumeAt(Inode directory) {
    return directory.number() == rootInodeNumber()
        ? Optional.of(new SubvolumeRoot(0, true, this))
        : Optional.empty();
  }

  /**
   * Where the inode lies on the volume, for ordering and prefetching; computed, not read. An
   * unknown number yields {@code new ByteRange(0, 0)}.
   */
  ByteRange inodeLocation(long number);

  /**
   * The names in a directory. Damaged parts are left out and recorded as anomalies, and make the
   * listing incomplete; names from intact parts are still returned. A checksum that does not match
   * is an anomaly alone: what was read may be right, and nothing was left out.
   */
  DirectoryListing directory(Inode directory) throws IOException;

  /** Where the contents of a regular file, directory or symbolic link lie. */
  FileContent content(Inode inode) throws IOException;

  /** A symbolic link's target, not empty, at most 4095 bytes. */
  byte[] symlinkTarget(Inode symlink) throws IOException;

  /**
   * Extended attributes by full name with prefix ({@code security.capability}, {@code user.x},
   * {@code system.posix_acl_access}), values as stored on disk.
   */
  Map<String, byte[]> extendedAttributes(Inode inode) throws IOException;

  /**
   * Ranges of the volume that no file and no metadata uses, ascending, merged: what a new file
   * could be written to.
   */
  List<ByteRange> freeRanges() throws IOException;
}
