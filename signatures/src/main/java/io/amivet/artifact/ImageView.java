package io.amivet.artifact;

import io.amivet.file.FileBytes;
import java.util.List;
import java.util.Optional;

/**
 * The image around a file, for parsers whose facts need other files: includes of a configuration,
 * the account a hash belongs to. Paths are absolute Latin-1 text.
 */
public interface ImageView {

  /** The largest file {@link #read} returns. */
  int MAX_FILE_BYTES = 4 << 20;

  /**
   * A regular file by path, symbolic links followed inside the image; empty if absent, larger than
   * {@link #MAX_FILE_BYTES} or unreadable.
   */
  Optional<ArtifactFile> read(String path);

  /** The same file by position, however large it is; empty if it is absent or unreadable. */
  default Optional<FileBytes> open(String path) {
    return read(path).map(file -> FileBytes.of(file.bytes()));
  }

  /** Whether there is a symbolic link of this name. */
  default boolean isLink(String path) {
    return false;
  }

  /**
   * Paths of the regular files that match a shell glob ({@code *}, {@code ?}, {@code [a-z]} within
   * one name, {@code **} across directories), in byte order as {@code glob(3)} sorts; at most
   * 10,000.
   */
  List<String> glob(String pattern);

  /** All accounts of {@code /etc/passwd}, in file order. */
  List<Account> accounts();

  /** Which package each file belongs to, as the system's own databases say. */
  default PackageIndex packages() {
    return PackageIndex.of(this);
  }

  /** What may be spent on trying passwords: one and the same for all files of a scan. */
  default PasswordWork passwordWork() {
    return new PasswordWork();
  }

  /** The same image, on account of {@code work}. */
  default ImageView withPasswordWork(PasswordWork work) {
    ImageView image = this;
    return new ImageView() {
      @Override
      public Optional<ArtifactFile> read(String path) {
        return image.read(path);
      }

      @Override
      public Optional<FileBytes> open(String path) {
        return image.open(path);
      }

      @Override
      public boolean isLink(String path) {
        return image.isLink(path);
      }

      @Override
      public List<String> glob(String pattern) {
        return image.glob(pattern);
      }

      @Override
      public List<Account> accounts() {
        return image.accounts();
      }

      @Override
      public PackageIndex packages() {
        return image.packages();
      }

      @Override
      public PasswordWork passwordWork() {
        return work;
      }
    };
  }

  /** An image that holds nothing else. */
  static ImageView empty() {
    return new ImageView() {
      @Override
      public Optional<ArtifactFile> read(String path) {
        return Optional.empty();
      }

      @Override
      public List<String> glob(String pattern) {
        return List.of();
      }

      @Override
      public List<Account> accounts() {
        return List.of();
      }
    };
  }
}
