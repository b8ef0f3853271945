package io.amivet.scan;

import io.amivet.artifact.Account;
import io.amivet.artifact.Accounts;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.PackageIndex;
import io.amivet.file.FileBytes;
import io.amivet.fs.ContentReader;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FileType;
import io.amivet.fs.FsPath;
import io.amivet.fs.Inode;
import io.amivet.fs.PathLookup;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One operating system of the image: its root file system and what {@code /etc/fstab} mounts into
 * it. Small files that parsers ask for are read once and kept, within a budget. Thread-safe.
 */
final class SystemImage implements ImageView {
  private static final int MAX_KEPT_FILES = 2_000;
  private static final long MAX_KEPT_BYTES = 32 << 20;

  private final List<Mount> mounts;
  private final @Nullable SystemImage accountSource;
  private final Map<String, Optional<ArtifactFile>> kept = new ConcurrentHashMap<>();
  private final AtomicLong keptBytes = new AtomicLong();
  private volatile @Nullable List<Account> accounts;
  private final InstalledPackages packages = new InstalledPackages();

  /**
   * @param mounts at least one
   * @param accountSource whose accounts apply if this has no {@code /etc/passwd}, as for a data
   *     disk
   */
  SystemImage(List<Mount> mounts, @Nullable SystemImage accountSource) {
    this.mounts =
        mounts.stream()
            .sorted(Comparator.comparingInt((Mount m) -> m.point().names().size()).reversed())
            .toList();
    this.accountSource = accountSource;
  }

  /** The same system with other entries taken in, in the same order. */
  SystemImage withMounts(List<Mount> others) {
    return new SystemImage(others, accountSource);
  }

  List<Mount> mounts() {
    return mounts;
  }

  @Override
  public Optional<ArtifactFile> read(String path) {
    Optional<ArtifactFile> known = kept.get(path);
    if (known == null) {
      known = readFile(path);
      long bytes = known.map(file -> (long) file.bytes().length).orElse(0L);
      if (kept.size() < MAX_KEPT_FILES && keptBytes.addAndGet(bytes) <= MAX_KEPT_BYTES) {
        kept.put(path, known);
      }
    }
    return known;
  }

  /** A regular file whose contents can be read. */
  private record Found(Inode inode, ContentReader reader) {}

  private Optional<Found> find(String path) throws IOException {
    FsPath wanted = latin1(path);
    Mount mount = mountOf(wanted);
    Optional<FileEntry> found = new PathLookup(mount.fs()).findFollowing(mount.inMount(wanted));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Inode inode = found.get().inode();
    if (!inode.isRegular() || inode.encrypted()) {
      return Optional.empty();
    }
    ContentReader reader = new ContentReader(mount.fs().volume(), mount.fs().content(inode));
    return Optional.of(new Found(inode, reader));
  }

  @Override
  public Optional<FileBytes> open(String path) {
    try {
      return find(path).map(found -> new PositionedFile(found.reader()));
    } catch (IOException | InternalError unreadable) {
      // The scan itself meets the same file and reports the fault.
      return Optional.empty();
    }
  }

  @Override
  public boolean isLink(String path) {
    try {
      FsPath wanted = latin1(path);
      Mount mount = mountOf(wanted);
      return new PathLookup(mount.fs())
          .find(mount.inMount(wanted))
          .filter(entry -> entry.inode().type() == FileType.SYMLINK)
          .isPresent();
    } catch (IOException | InternalError unreadable) {
      return false;
    }
  }

  private record PositionedFile(ContentReader reader) implements FileBytes {
    @Override
    public long sizeBytes() {
      return reader.sizeBytes();
    }

    @Override
    public void read(long offset, byte[] target) throws IOException {
      if (offset < 0 || offset > reader.sizeBytes() - target.length) {
        throw new EOFException("offset " + offset + " of " + reader.sizeBytes() + " bytes");
      }
      reader.read(offset, MemorySegment.ofArray(target));
    }
  }

  private Optional<ArtifactFile> readFile(String path) {
    try {
      Optional<Found> found = find(path);
      if (found.isEmpty() || found.get().inode().sizeBytes() > MAX_FILE_BYTES) {
        return Optional.empty();
      }
      Inode inode = found.get().inode();
      ContentReader reader = found.get().reader();
      byte[] bytes = reader.readUpTo(MAX_FILE_BYTES);
      return Optional.of(
          new ArtifactFile(path, bytes, false, inode.mode(), inode.uid(), inode.gid()));
    } catch (IOException | InternalError unreadable) {
      // The scan itself meets the same file and reports the fault.
      return Optional.empty();
    }
  }

  @Override
  public List<String> glob(String pattern) {
    return new ImageGlob(this).expand(pattern);
  }

  @Override
  public PackageIndex packages() {
    return packages.of(this, root());
  }

  /** The mount of {@code /}, or the only one there is. */
  Mount root() {
    return mounts.getLast();
  }

  @Override
  public List<Account> accounts() {
    List<Account> known = accounts;
    if (known == null) {
      known = read("/etc/passwd").map(file -> Accounts.parse(file.bytes())).orElse(List.of());
      if (known.isEmpty() && accountSource != null) {
        known = accountSource.accounts();
      }
      accounts = known;
    }
    return known;
  }

  /** The mount that holds {@code path}: the one with the longest point above it. */
  Mount mountOf(FsPath path) {
    for (Mount mount : mounts) {
      if (path.startsWith(mount.point())) {
        return mount;
      }
    }
    return root();
  }

  static FsPath latin1(String path) {
    FsPath result = FsPath.ROOT;
    List<String> names = new ArrayList<>(List.of(path.split("/")));
    for (String name : names) {
      if (!name.isEmpty()) {
        result = result.resolve(name.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return result;
  }
}
