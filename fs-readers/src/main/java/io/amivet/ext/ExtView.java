package io.amivet.ext;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.fs.ContentReader;
import io.amivet.fs.DirectoryListing;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileType;
import io.amivet.fs.Inode;
import io.amivet.fs.JournalState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An ext2, ext3 or ext4 file system, on a volume that has its journal laid over it if need be. */
final class ExtView implements FileSystemView {
  /** {@code EXT4_ROOT_INO}. */
  private static final long ROOT_INODE = 2;

  /** {@code PATH_MAX} of {@code linux/limits.h} without the final NUL. */
  private static final int MAX_TARGET_BYTES = 4095;

  private final Blocks blocks;
  private final JournalStatus journal;
  private final Superblock superblock;
  private final GroupTable groups;
  private final AttributeReader attributes;
  private final ContentMap contents;

  ExtView(Blocks blocks, JournalStatus journal) throws IOException {
    this.blocks = blocks;
    this.journal = journal;
    this.superblock = blocks.superblock();
    this.groups = GroupTable.read(blocks);
    this.attributes = new AttributeReader(blocks, this::attributeValue);
    this.contents = new ContentMap(blocks, attributes);
  }

  @Override
  public String type() {
    return superblock.features().type();
  }

  @Override
  public String label() {
    return superblock.label();
  }

  @Override
  public String uuid() {
    return superblock.uuidText();
  }

  @Override
  public int blockSizeBytes() {
    return blocks.sizeBytes();
  }

  @Override
  public long sizeBytes() {
    return blocks.superblock().geometry().sizeBytes();
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>(superblock.features().notes());
    if (!journal.note().isEmpty()) {
      notes.addFirst(journal.note());
    }
    if (superblock.markedDamaged()) {
      notes.add("marked as damaged by the kernel that wrote it");
    }
    if (superblock.has(Feature.METADATA_CSUM) && !superblock.checksumsKnown()) {
      notes.add("metadata checksums of an unknown type, not verified");
    }
    return List.copyOf(notes);
  }

  @Override
  public JournalState journal() {
    return journal.state();
  }

  @Override
  public Optional<String> staleReason() {
    return journal.staleReason();
  }

  @Override
  public BlockDevice volume() {
    return blocks.volume();
  }

  @Override
  public long rootInodeNumber() {
    return ROOT_INODE;
  }

  @Override
  public Inode inode(long number) throws IOException {
    DiskInode inode = diskInode(number);
    CorruptImageException damage = inode.damage(blocks);
    if (damage != null) {
      blocks.anomalies().add(damage);
    }
    return inode.isEncrypted() && inode.type() == FileType.SYMLINK
        ? inode.toInode(shownLength(inode))
        : inode.toInode(inode.sizeBytes());
  }

  /** The kernel gives an encrypted link the length of the target that it shows. */
  private long shownLength(DiskInode symlink) throws IOException {
    try {
      return symlinkTarget(symlink).length;
    } catch (CorruptImageException e) {
      // Who asks for the target will meet it again.
      return symlink.sizeBytes();
    }
  }

  DiskInode diskInode(long number) throws IOException {
    ByteRange location = groups.inodeLocation(number);
    if (location.length() == 0) {
      throw new CorruptImageException(
          ExtFault.INODE_NUMBER,
          blocks.volume().imageOffset(superblock.offset()),
          "ext4_inode",
          "inode " + number + " of " + superblock.geometry().inodesCount());
    }
    StructView struct =
        blocks.volume().struct("ext4_inode", location.offset(), (int) location.length());
    return DiskInode.parse(number, struct, superblock);
  }

  @Override
  public ByteRange inodeLocation(long number) {
    return groups.inodeLocation(number);
  }

  @Override
  public DirectoryListing directory(Inode directory) throws IOException {
    DiskInode inode = diskInode(directory.number());
    if (inode.type() != FileType.DIRECTORY) {
      throw inode
          .struct()
          .corrupt(ExtFault.INODE_TYPE, 0x0, "inode " + inode.number() + " is no directory");
    }
    return DirectoryReader.read(blocks, inode, contents.directory(inode), attributes);
  }

  @Override
  public FileContent content(Inode inode) throws IOException {
    return content(diskInode(inode.number()));
  }

  FileContent content(DiskInode inode) throws IOException {
    return contents.of(inode);
  }

  Blocks blocks() {
    return blocks;
  }

  @Override
  public byte[] symlinkTarget(Inode symlink) throws IOException {
    return symlinkTarget(diskInode(symlink.number()));
  }

  private byte[] symlinkTarget(DiskInode inode) throws IOException {
    FileContent content = contents.of(inode);
    byte[] target = new ContentReader(volume(), content).readUpTo(MAX_TARGET_BYTES);
    if (inode.isEncrypted()) {
      target = NoKeyName.ofLink(target);
    }
    int length = lengthBeforeNul(target);
    if (length == 0 || content.sizeBytes() > MAX_TARGET_BYTES) {
      throw inode
          .struct()
          .corrupt(
              ExtFault.SYMLINK_SIZE,
              0x4,
              "inode " + inode.number() + ", " + content.sizeBytes() + " bytes");
    }
    return length == target.length ? target : Arrays.copyOf(target, length);
  }

  /** The kernel hands targets on as C strings. */
  private static int lengthBeforeNul(byte[] target) {
    for (int i = 0; i < target.length; i++) {
      if (target[i] == 0) {
        return i;
      }
    }
    return target.length;
  }

  @Override
  public Map<String, byte[]> extendedAttributes(Inode inode) throws IOException {
    return attributes.all(diskInode(inode.number()));
  }

  private byte[] attributeValue(long number, int sizeBytes) throws IOException {
    DiskInode inode = diskInode(number);
    FileContent content = contents.of(inode);
    if (content.sizeBytes() != sizeBytes) {
      throw inode
          .struct()
          .corrupt(
              ExtFault.XATTR_VALUE,
              0x4,
              "inode " + number + " of " + content.sizeBytes() + " bytes, not " + sizeBytes);
    }
    return new ContentReader(volume(), content).readUpTo(sizeBytes);
  }

  @Override
  public List<ByteRange> freeRanges() throws IOException {
    return FreeSpace.read(blocks, groups);
  }

  @Override
  public String toString() {
    return type() + " on " + blocks.volume();
  }
}
