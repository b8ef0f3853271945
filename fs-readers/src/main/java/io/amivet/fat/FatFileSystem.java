package io.amivet.fat;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import io.amivet.fs.DirectoryListing;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileType;
import io.amivet.fs.Inode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One FAT volume. FAT has no inodes: an inode's number here is the place of its directory entry, in
 * units of an entry, and that of the root is 1, as in Linux.
 */
final class FatFileSystem implements FileSystemView {
  private static final long ROOT = 1;
  private static final int MAX_FREE_RANGES = 4_000_000;

  private final AllocationTable table;
  private final BootSector boot;
  private final BlockDevice volume;
  private final ClusterChain chains;
  private final String label;

  /** First cluster of each directory met, and whose it is: two would be a trap. */
  private final Map<Long, Long> owners = new ConcurrentHashMap<>();

  private FatFileSystem(AllocationTable table) throws IOException {
    this.table = table;
    this.boot = table.boot();
    this.volume = table.volume();
    this.chains = new ClusterChain(table);
    this.label = read(ROOT).label();
  }

  static FatFileSystem open(AllocationTable table) throws IOException {
    return new FatFileSystem(table);
  }

  @Override
  public String type() {
    return "vfat";
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public String uuid() {
    return boot.serial();
  }

  @Override
  public int blockSizeBytes() {
    return boot.clusterBytes();
  }

  @Override
  public long sizeBytes() {
    return boot.sizeBytes();
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add("FAT" + boot.bits());
    if (boot.sizeBytes() > volume.sizeBytes()) {
      notes.add("file system is cut short");
    }
    return notes;
  }

  @Override
  public BlockDevice volume() {
    return volume;
  }

  @Override
  public long rootInodeNumber() {
    return ROOT;
  }

  @Override
  public Inode inode(long number) throws IOException {
    if (number == ROOT) {
      long links = read(ROOT).directories() + 2L;
      return directoryInode(ROOT, 0755, links, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);
    }
    DiskEntry entry = entry(number);
    if (entry.isDirectory()) {
      long links = read(number).directories();
      return directoryInode(
          number, entry.mode(), links, entry.accessed(), entry.modified(), entry.created());
    }
    return new Inode(
        number,
        FileType.REGULAR,
        entry.mode(),
        0,
        0,
        1,
        entry.sizeBytes(),
        entry.accessed(),
        entry.modified(),
        entry.modified(),
        entry.created(),
        0,
        0,
        false);
  }

  private Inode directoryInode(
      long number, int mode, long links, Instant accessed, Instant modified, Instant created)
      throws IOException {
    long size = 0;
    for (ByteRange range : clusters(number).ranges()) {
      size += range.length();
    }
    return new Inode(
        number,
        FileType.DIRECTORY,
        mode,
        0,
        0,
        links,
        size,
        accessed,
        modified,
        modified,
        number == ROOT ? null : created,
        0,
        0,
        false);
  }

  private DiskEntry entry(long number) throws IOException {
    long position = number * DiskEntry.SIZE_BYTES;
    boolean inside =
        number > 0
            && position >= boot.rootStart()
            && position <= volume.sizeBytes() - DiskEntry.SIZE_BYTES;
    if (!inside) {
      throw new CorruptImageException(
          FatFault.ENTRY_RANGE, volume.imageOffset(0), "msdos_dir_entry", String.valueOf(number));
    }
    StructView fields = volume.struct("msdos_dir_entry", position, DiskEntry.SIZE_BYTES);
    DiskEntry entry = new DiskEntry(fields);
    if (entry.isFree() || entry.isLongName() || entry.isLabel()) {
      throw fields.corrupt(FatFault.ENTRY_FREE, 0, "");
    }
    return entry;
  }

  private DirectoryReader.Contents read(long number) throws IOException {
    return DirectoryReader.read(table, clusters(number));
  }

  private ClusterChain.DirectoryClusters clusters(long number) throws IOException {
    if (number == ROOT && boot.bits() != 32) {
      ByteRange fixed = new ByteRange(boot.rootStart(), boot.rootBytes());
      return new ClusterChain.DirectoryClusters(List.of(fixed), true);
    }
    long first = number == ROOT ? boot.rootCluster() : firstCluster(entry(number));
    if (first == 0 && number != ROOT) {
      return new ClusterChain.DirectoryClusters(List.of(), true);
    }
    Long owner = owners.putIfAbsent(first, number);
    if (owner != null && owner != number) {
      throw new CorruptImageException(
          FatFault.DIRECTORY_SHARED,
          volume.imageOffset(number * DiskEntry.SIZE_BYTES),
          "msdos_dir_entry",
          "cluster " + first);
    }
    return chains.directory(first);
  }

  private long firstCluster(DiskEntry entry) {
    return entry.firstCluster(boot.bits() == 32);
  }

  @Override
  public ByteRange inodeLocation(long number) {
    long position = number * DiskEntry.SIZE_BYTES;
    return number <= ROOT || position < 0 || position > volume.sizeBytes() - DiskEntry.SIZE_BYTES
        ? new ByteRange(0, 0)
        : new ByteRange(position, DiskEntry.SIZE_BYTES);
  }

  @Override
  public DirectoryListing directory(Inode directory) throws IOException {
    return read(directory.number()).listing();
  }

  @Override
  public FileContent content(Inode inode) throws IOException {
    if (inode.isDirectory()) {
      // Its entries; they are read through directory().
      return new FileContent.Inline(new byte[0]);
    }
    DiskEntry entry = entry(inode.number());
    long size = entry.sizeBytes();
    return new FileContent.Mapped(size, chains.file(firstCluster(entry), size));
  }

  @Override
  public byte[] symlinkTarget(Inode symlink) throws IOException {
    throw entry(symlink.number()).fields().corrupt(FatFault.ENTRY_FREE, 11, "no symbolic links");
  }

  @Override
  public Map<String, byte[]> extendedAttributes(Inode inode) {
    return Map.of();
  }

  @Override
  public List<ByteRange> freeRanges() throws IOException {
    List<ByteRange> ranges = new ArrayList<>();
    AllocationTable.Cursor cursor = table.cursor();
    long runStart = -1;
    for (long c = BootSector.FIRST_CLUSTER; c <= boot.lastCluster() + 1; c++) {
      boolean free = c <= boot.lastCluster() && cursor.isFree(c);
      if (free && runStart < 0) {
        runStart = c;
      } else if (!free && runStart >= 0) {
        addFree(ranges, boot.clusterStart(runStart), boot.clusterStart(c));
        runStart = -1;
        if (ranges.size() >= MAX_FREE_RANGES) {
          break;
        }
      }
    }
    return ranges;
  }

  private void addFree(List<ByteRange> ranges, long start, long end) {
    long cut = Math.min(end, volume.sizeBytes());
    if (start < cut) {
      ranges.add(new ByteRange(start, cut - start));
    }
  }

  @Override
  public String toString() {
    return "vfat on " + volume;
  }
}
