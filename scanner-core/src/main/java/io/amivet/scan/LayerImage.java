package io.amivet.scan;

import io.amivet.artifact.Account;
import io.amivet.artifact.Accounts;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.PackageIndex;
import io.amivet.file.FileBytes;
import io.amivet.fs.DirectoryEntry;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileType;
import io.amivet.fs.FsPath;
import io.amivet.fs.Inode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is around a file of a layer: the layer and those it lies upon, as overlayfs shows them
 * (Documentation/filesystems/overlayfs.rst, "whiteouts and opaque directories"). What a layer
 * removes is not there for the files of that layer and those above, and still is for those below.
 */
final class LayerImage implements ImageView {
  private static final List<String> OPAQUE =
      List.of("trusted.overlay.opaque", "user.overlay.opaque", "user.fuseoverlayfs.opaque");

  private final List<SystemImage> stack;
  private volatile @Nullable List<Account> accounts;
  private final InstalledPackages packages = new InstalledPackages();

  /**
   * @param stack the layer itself first, then what it lies upon
   */
  LayerImage(List<SystemImage> stack) {
    this.stack = List.copyOf(stack);
  }

  @Override
  public Optional<ArtifactFile> read(String path) {
    return first(path, layer -> layer.read(path));
  }

  @Override
  public Optional<FileBytes> open(String path) {
    return first(path, layer -> layer.open(path));
  }

  @Override
  public boolean isLink(String path) {
    return first(path, layer -> layer.isLink(path) ? Optional.of(true) : Optional.empty())
        .isPresent();
  }

  /** What the uppermost layer that knows of {@code path} says. */
  private <T> Optional<T> first(String path, Function<SystemImage, Optional<T>> says) {
    FsPath wanted = SystemImage.latin1(path);
    for (SystemImage layer : stack) {
      Optional<T> found = says.apply(layer);
      if (found.isPresent() || hides(layer, wanted)) {
        return found;
      }
    }
    return Optional.empty();
  }

  @Override
  public List<String> glob(String pattern) {
    TreeSet<String> paths = new TreeSet<>();
    for (int i = 0; i < stack.size(); i++) {
      for (String path : stack.get(i).glob(pattern)) {
        FsPath found = SystemImage.latin1(path);
        if (stack.subList(0, i).stream().noneMatch(upper -> hides(upper, found))) {
          paths.add(path);
        }
      }
    }
    return List.copyOf(paths);
  }

  @Override
  public PackageIndex packages() {
    return packages.of(this, stack.getFirst().root());
  }

  @Override
  public List<Account> accounts() {
    List<Account> known = accounts;
    if (known == null) {
      known = read("/etc/passwd").map(file -> Accounts.parse(file.bytes())).orElse(List.of());
      accounts = known;
    }
    return known;
  }

  /** Whether the layers below are not asked for {@code path}. */
  private static boolean hides(SystemImage layer, FsPath path) {
    FileSystemView fs = layer.root().fs();
    try {
      Inode here = fs.inode(fs.rootInodeNumber());
      boolean opaque = false;
      for (byte[] name : path.names()) {
        opaque |= isOpaque(fs, here);
        Optional<Inode> next = child(fs, here, name);
        if (next.isEmpty()) {
          return opaque;
        }
        here = next.get();
        if (!here.isDirectory()) {
          return true;
        }
      }
      return false;
    } catch (IOException | InternalError unreadable) {
      // The scan meets the same directory and reports the fault.
      return false;
    }
  }

  private static Optional<Inode> child(FileSystemView fs, Inode directory, byte[] name)
      throws IOException {
    for (DirectoryEntry entry : fs.directory(directory).entries()) {
      if (Arrays.equals(entry.name(), name)) {
        return Optional.of(fs.inode(entry.inodeNumber()));
      }
    }
    return Optional.empty();
  }

  private static boolean isOpaque(FileSystemView fs, Inode directory) throws IOException {
    Map<String, byte[]> attributes = fs.extendedAttributes(directory);
    return OPAQUE.stream()
        .map(attributes::get)
        .anyMatch(value -> value != null && value.length > 0 && value[0] == 'y');
  }

  /** Whether the entry stands for a file that the layer removes: a character device 0, 0. */
  static boolean isWhiteout(FileEntry entry) {
    Inode inode = entry.inode();
    return inode.type() == FileType.CHAR && inode.deviceMajor() == 0 && inode.deviceMinor() == 0;
  }
}
