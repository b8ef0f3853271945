package io.amivet.squashfs;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.fs.DirectoryListing;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileType;
import io.amivet.fs.Inode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One squashfs volume. Inodes are found by the references that directories hold, so that an inode
 * can be read once a directory that names it was.
 */
final class SquashfsFileSystem implements FileSystemView {
  private static final int MAX_TARGET_BYTES = 4095;

  private final Metadata metadata;
  private final LookupTable ids;
  private final FileBlocks blocks;
  private final AttributeReader attributes;
  private final InodeReferences references = new InodeReferences();
  private final long rootNumber;

  private SquashfsFileSystem(
      Metadata metadata, LookupTable ids, AttributeReader attributes, long rootNumber) {
    this.metadata = metadata;
    this.ids = ids;
    this.blocks = new FileBlocks(metadata);
    this.attributes = attributes;
    this.rootNumber = rootNumber;
    references.put(rootNumber, metadata.superblock.rootInode());
  }

  static SquashfsFileSystem open(Metadata metadata) throws IOException {
    Superblock sb = metadata.superblock;
    LookupTable ids = new LookupTable(metadata, sb.idTable(), 4, sb.idCount());
    DiskInode root = DiskInode.read(metadata, ids, sb.rootInode());
    return new SquashfsFileSystem(
        metadata, ids, AttributeReader.open(metadata), root.inode().number());
  }

  @Override
  public String type() {
    return "squashfs";
  }

  @Override
  public String label() {
    return "";
  }

  @Override
  public String uuid() {
    return "";
  }

  @Override
  public int blockSizeBytes() {
    return metadata.superblock.blockSizeBytes();
  }

  @Override
  public long sizeBytes() {
    return metadata.superblock.bytesUsed();
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add("compressed by " + metadata.superblock.codec().label());
    if (metadata.superblock.bytesUsed() > metadata.volume.sizeBytes()) {
      notes.add("file system is cut short");
    }
    return notes;
  }

  @Override
  public BlockDevice volume() {
    return metadata.volume;
  }

  @Override
  public long rootInodeNumber() {
    return rootNumber;
  }

  @Override
  public Inode inode(long number) throws IOException {
    DiskInode disk = diskInode(number);
    long stated = disk.inode().number();
    if (stated != number) {
      throw disk.fields().corrupt(SquashfsFault.INODE_SELF, 12, stated + " instead of " + number);
    }
    return disk.inode();
  }

  private DiskInode diskInode(long number) throws IOException {
    long reference = references.get(number);
    if (reference < 0) {
      throw metadata.corrupt(SquashfsFault.INODE_NUMBER, 0, "inode", String.valueOf(number));
    }
    return DiskInode.read(metadata, ids, reference);
  }

  @Override
  public ByteRange inodeLocation(long number) {
    long reference = references.get(number);
    long position = metadata.superblock.inodeTable() + (reference >>> 16);
    // The length of a compressed block is not known before it is read; this is its most.
    return reference < 0 || position > metadata.end() - 2
        ? new ByteRange(0, 0)
        : new ByteRange(position, Math.min(Metadata.BLOCK_BYTES + 2, metadata.end() - position));
  }

  @Override
  public DirectoryListing directory(Inode directory) throws IOException {
    DiskInode disk = diskInode(directory.number());
    if (disk.kind().type() != FileType.DIRECTORY) {
      throw disk.fields().corrupt(SquashfsFault.INODE_TYPE, 0, "not a directory");
    }
    return DirectoryReader.read(metadata, references, disk);
  }

  /** Directories have no contents of their own: their entries lie among those of others. */
  @Override
  public FileContent content(Inode inode) throws IOException {
    return switch (inode.type()) {
      case REGULAR -> {
        DiskInode disk = diskInode(inode.number());
        if (disk.kind().type() != FileType.REGULAR) {
          throw disk.fields().corrupt(SquashfsFault.INODE_TYPE, 0, "not a regular file");
        }
        yield blocks.content(disk);
      }
      case SYMLINK -> new FileContent.Inline(symlinkTarget(inode));
      default -> new FileContent.Inline(new byte[0]);
    };
  }

  @Override
  public byte[] symlinkTarget(Inode symlink) throws IOException {
    return target(diskInode(symlink.number()));
  }

  private static byte[] target(DiskInode disk) throws IOException {
    long size = disk.inode().sizeBytes();
    if (disk.kind().type() != FileType.SYMLINK || size == 0 || size > MAX_TARGET_BYTES) {
      throw disk.fields().corrupt(SquashfsFault.SYMLINK_LENGTH, 20, size + " bytes");
    }
    return disk.rest().bytes((int) size);
  }

  @Override
  public Map<String, byte[]> extendedAttributes(Inode inode) throws IOException {
    DiskInode disk = diskInode(inode.number());
    long index = disk.attributes();
    if (disk.kind() == DiskInode.Kind.LONG_SYMLINK) {
      target(disk);
      int xattr = disk.rest().u32le();
      index = xattr == -1 ? -1 : Integer.toUnsignedLong(xattr);
    }
    return index < 0 ? Map.of() : attributes.read(index);
  }

  /** Nothing is ever freed; only what lies behind the file system is not used by it. */
  @Override
  public List<ByteRange> freeRanges() {
    long end = metadata.end();
    long size = metadata.volume.sizeBytes();
    return end < size ? List.of(new ByteRange(end, size - end)) : List.of();
  }

  @Override
  public String toString() {
    return "squashfs on " + metadata.volume;
  }
}
