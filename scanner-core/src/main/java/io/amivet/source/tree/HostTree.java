package io.amivet.source.tree;

import io.amivet.block.Anomaly;
import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.fs.DirectoryEntry;
import io.amivet.fs.DirectoryListing;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.Inode;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tree of files of this machine as a file system. Every path is walked from the root by
 * descriptors, name by name and never through a link, so that not even a tree that changes under
 * the scan leads out of it.
 */
final class HostTree implements FileSystemView {
  private static final int ENTRIES_BYTES = 64 << 10;
  private static final int MAX_LINK_BYTES = 4095;

  /** {@code struct linux_dirent64}. */
  private static final int D_RECLEN_AT = 16;

  private static final int D_NAME_AT = 19;
  private static final int KEPT_LISTINGS = 256;
  private static final byte[] HERE = {'.'};

  private final HostRoot root;
  private final BlockDevice volume;
  private final AnomalyLog anomalies;
  private final HostNodes nodes = new HostNodes();
  private final HostNodes.Node rootNode;
  private final Map<Long, DirectoryListing> listings =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, DirectoryListing> eldest) {
          return size() > KEPT_LISTINGS;
        }
      };

  HostTree(HostRoot root, BlockDevice volume, AnomalyLog anomalies) {
    this.root = root;
    this.volume = volume;
    this.anomalies = anomalies;
    this.rootNode = nodes.add(null, HERE, root.stat());
  }

  @Override
  public String type() {
    return "directory";
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
    return Math.clamp(root.stat().blockBytes(), 512, 1 << 30);
  }

  @Override
  public List<String> notes() {
    return List.of();
  }

  @Override
  public BlockDevice volume() {
    return volume;
  }

  @Override
  public long rootInodeNumber() {
    return rootNode.inode().number();
  }

  @Override
  public Inode inode(long number) throws IOException {
    return node(number).inode();
  }

  private HostNodes.Node node(long number) throws IOException {
    HostNodes.Node node = nodes.get(number);
    if (node == null) {
      throw new CorruptImageException(TreeFault.CHANGED, -1, "inode " + number, "never met");
    }
    return node;
  }

  /** In the order of inode numbers, which is that of the disk on most file systems. */
  @Override
  public ByteRange inodeLocation(long number) {
    return new ByteRange(Math.max(0, number), 0);
  }

  @Override
  public DirectoryListing directory(Inode directory) throws IOException {
    synchronized (listings) {
      DirectoryListing known = listings.get(directory.number());
      if (known != null) {
        return known;
      }
    }
    HostNodes.Node node = node(directory.number());
    DirectoryListing listing = isOtherMount(node) ? notEntered(node) : list(node);
    synchronized (listings) {
      listings.put(directory.number(), listing);
    }
    return listing;
  }

  private boolean isOtherMount(HostNodes.Node node) {
    return node.mountId() == 0
        ? node.device() != rootNode.device()
        : node.mountId() != rootNode.mountId();
  }

  private DirectoryListing notEntered(HostNodes.Node node) throws IOException {
    long type =
        root.with(node, HostCalls.O_PATH | HostCalls.O_DIRECTORY, HostCalls::fileSystemType);
    boolean ofKernel = KernelFileSystem.isOne(type);
    TreeFault fault = ofKernel ? TreeFault.KERNEL_MOUNT : TreeFault.OTHER_MOUNT;
    anomalies.add(new Anomaly(fault.code(), fault.summary() + ": " + title(node), -1));
    return new DirectoryListing(List.of(), ofKernel);
  }

  private DirectoryListing list(HostNodes.Node node) throws IOException {
    return root.with(
        node,
        HostCalls.O_DIRECTORY,
        descriptor -> {
          List<DirectoryEntry> entries = new ArrayList<>();
          boolean complete = true;
          for (byte[] name : names(descriptor)) {
            try {
              HostStat stat = HostCalls.stat(descriptor, name, HostCalls.AT_SYMLINK_NOFOLLOW);
              HostNodes.Node child = nodes.add(node, name, stat);
              entries.add(new DirectoryEntry(name, child.inode().number()));
            } catch (HostCallException e) {
              // What was removed a moment ago is no loss.
              if (e.errno() != HostCallException.ENOENT) {
                complete = false;
                anomalies.add(HostRoot.fault(e, title(node) + "/" + text(name)));
              }
            }
          }
          return new DirectoryListing(entries, complete);
        });
  }

  private static List<byte[]> names(int descriptor) throws IOException {
    List<byte[]> names = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(ENTRIES_BYTES, Long.BYTES);
      for (int filled = HostCalls.entries(descriptor, buffer);
          filled > 0;
          filled = HostCalls.entries(descriptor, buffer)) {
        for (int at = 0; at < filled; ) {
          int d_reclen = buffer.get(ValueLayout.JAVA_SHORT_UNALIGNED, at + D_RECLEN_AT) & 0xffff;
          byte[] field =
              buffer.asSlice(at + D_NAME_AT, d_reclen - D_NAME_AT).toArray(ValueLayout.JAVA_BYTE);
          byte[] name = untilNul(field);
          if (!isDots(name)) {
            names.add(name);
          }
          at += d_reclen;
        }
      }
    }
    return names;
  }

  private static byte[] untilNul(byte[] field) {
    int end = 0;
    while (end < field.length && field[end] != 0) {
      end++;
    }
    return Arrays.copyOf(field, end);
  }

  private static boolean isDots(byte[] name) {
    return Arrays.equals(name, HERE) || Arrays.equals(name, new byte[] {'.', '.'});
  }

  @Override
  public FileContent content(Inode inode) throws IOException {
    return switch (inode.type()) {
      case REGULAR -> new HostFile(root, node(inode.number())).content();
      case SYMLINK -> new FileContent.Inline(symlinkTarget(inode));
      default -> new FileContent.Inline(new byte[0]);
    };
  }

  @Override
  public byte[] symlinkTarget(Inode symlink) throws IOException {
    HostNodes.Node node = node(symlink.number());
    return root.inParent(
        node, descriptor -> HostCalls.readLink(descriptor, node.name(), MAX_LINK_BYTES));
  }

  @Override
  public Map<String, byte[]> extendedAttributes(Inode inode) throws IOException {
    HostNodes.Node node = node(inode.number());
    return root.inParent(node, descriptor -> HostAttributes.of(descriptor, node.name()));
  }

  /** What no file uses cannot be seen from here. */
  @Override
  public List<ByteRange> freeRanges() {
    return List.of();
  }

  private static String title(HostNodes.Node node) {
    StringBuilder path = new StringBuilder();
    node.path().forEach(name -> path.append('/').append(text(name)));
    return path.isEmpty() ? "/" : path.toString();
  }

  private static String text(byte[] name) {
    return new String(name, StandardCharsets.UTF_8);
  }
}
