package io.amivet.btrfs;

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
import io.amivet.fs.SubvolumeRoot;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One btrfs volume from its top level, with all subvolumes as directories below it: what {@code
 * mount -o ro,subvolid=5} shows.
 */
final class BtrfsView implements FileSystemView {
  private static final int MAX_SYMLINK_BYTES = 4095;

  private final FileSystem fs;
  private final VolumeNotes notes;

  private final long rootInodeNumber;

  /** Of each empty directory that stands for a subvolume: the directory it was found in. */
  private final Map<Long, Long> stubParents;

  private BtrfsView(
      FileSystem fs, VolumeNotes notes, long rootInodeNumber, Map<Long, Long> stubParents) {
    this.fs = fs;
    this.notes = notes;
    this.rootInodeNumber = rootInodeNumber;
    this.stubParents = stubParents;
  }

  static BtrfsView ofTopLevel(FileSystem fs, VolumeNotes notes) {
    long root = InodeNumber.of(fs.roots().top(), TreeId.FIRST_FREE);
    return new BtrfsView(fs, notes, root, new ConcurrentHashMap<>());
  }

  @Override
  public String type() {
    return "btrfs";
  }

  @Override
  public String label() {
    return fs.superblock().label();
  }

  @Override
  public String uuid() {
    return fs.superblock().uuid().toString();
  }

  @Override
  public int blockSizeBytes() {
    return fs.superblock().sectorBytes();
  }

  @Override
  public long sizeBytes() {
    return fs.superblock().deviceBytes();
  }

  @Override
  public List<String> notes() {
    return notes.list();
  }

  @Override
  public JournalState journal() {
    return notes.journal();
  }

  @Override
  public Optional<String> staleReason() {
    return notes.staleReason();
  }

  @Override
  public BlockDevice volume() {
    return fs.volume();
  }

  @Override
  public long rootInodeNumber() {
    return rootInodeNumber;
  }

  @Override
  public Optional<SubvolumeRoot> subvolumeAt(Inode directory) {
    long number = directory.number();
    int index = InodeNumber.index(number);
    if (InodeNumber.objectId(number) != TreeId.FIRST_FREE
        || index >= fs.roots().subvolumes().size()) {
      return Optional.empty();
    }
    long id = fs.roots().subvolumes().get(index).id();
    BtrfsView view = new BtrfsView(fs, notes, number, stubParents);
    return Optional.of(new SubvolumeRoot(id, id == fs.roots().defaultSubvolume(), view));
  }

  @Override
  public long shownInodeNumber(long number) {
    return InodeNumber.objectId(number);
  }

  private Subvolume subvolumeOf(long number) throws IOException {
    int index = InodeNumber.index(number);
    if (number < 0 || index >= fs.roots().subvolumes().size()) {
      throw new CorruptImageException(
          BtrfsFault.INODE_NUMBER, -1, "btrfs_inode_item", Long.toUnsignedString(number));
    }
    return fs.roots().subvolumes().get(index);
  }

  private static Key key(long number) {
    return new Key(InodeNumber.objectId(number), ItemType.INODE_ITEM, 0);
  }

  @Override
  public Inode inode(long number) throws IOException {
    if (InodeNumber.isStub(number)) {
      return stub(number);
    }
    Subvolume subvolume = subvolumeOf(number);
    Optional<StructView> item = fs.trees().find(subvolume.root(), key(number));
    if (item.isEmpty()) {
      throw new CorruptImageException(
          BtrfsFault.INODE_MISSING,
          -1,
          "btrfs_inode_item",
          InodeNumber.objectId(number) + " of tree " + Long.toUnsignedString(subvolume.id()));
    }
    return DiskInode.parse(item.get(), number);
  }

  /** Belongs to who owns the directory around it; the kernel shows the time of the look as its. */
  private Inode stub(long number) throws IOException {
    Long parent = stubParents.get(number);
    if (parent == null) {
      throw new CorruptImageException(
          BtrfsFault.INODE_NUMBER, -1, "btrfs_inode_item", Long.toUnsignedString(number));
    }
    Inode around = inode(parent);
    return new Inode(
        number,
        FileType.DIRECTORY,
        0755,
        around.uid(),
        around.gid(),
        1,
        0,
        around.accessed(),
        around.modified(),
        around.changed(),
        null,
        0,
        0,
        false);
  }

  @Override
  public ByteRange inodeLocation(long number) {
    if (InodeNumber.isStub(number)) {
      return new ByteRange(0, 0);
    }
    try {
      return fs.trees().leafLocation(subvolumeOf(number).root(), key(number));
    } catch (IOException unknown) {
      // Reading the inode will meet the same fault and record it.
      return new ByteRange(0, 0);
    }
  }

  @Override
  public DirectoryListing directory(Inode directory) throws IOException {
    long number = directory.number();
    if (InodeNumber.isStub(number)) {
      return new DirectoryListing(List.of(), true);
    }
    return DirectoryReader.read(fs, subvolumeOf(number), InodeNumber.objectId(number), stubParents);
  }

  @Override
  public FileContent content(Inode inode) throws IOException {
    long number = inode.number();
    if (inode.isDirectory() || InodeNumber.isStub(number)) {
      return new FileContent.Inline(new byte[0]);
    }
    return ContentMap.of(fs, subvolumeOf(number), InodeNumber.objectId(number), inode.sizeBytes());
  }

  @Override
  public byte[] symlinkTarget(Inode symlink) throws IOException {
    long size = symlink.sizeBytes();
    if (size == 0 || size > MAX_SYMLINK_BYTES) {
      throw new CorruptImageException(
          BtrfsFault.SYMLINK, -1, "btrfs_inode_item", "target of " + size + " bytes");
    }
    return new ContentReader(fs.volume(), content(symlink)).readUpTo(MAX_SYMLINK_BYTES);
  }

  @Override
  public Map<String, byte[]> extendedAttributes(Inode inode) throws IOException {
    long number = inode.number();
    if (InodeNumber.isStub(number)) {
      return Map.of();
    }
    return Attributes.read(fs, subvolumeOf(number), InodeNumber.objectId(number));
  }

  @Override
  public List<ByteRange> freeRanges() throws IOException {
    return FreeSpace.read(fs);
  }

  @Override
  public String toString() {
    return "btrfs on " + fs.volume();
  }
}
