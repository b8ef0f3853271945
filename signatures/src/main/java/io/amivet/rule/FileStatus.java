package io.amivet.rule;

import java.util.List;
import java.util.Optional;

/** What an inode says of a file, without its contents. */
public interface FileStatus {

  /** What kind of thing a path names; the labels are those of {@code amivet ls --json}. */
  enum Type {
    FILE("file"),
    DIRECTORY("dir"),
    SYMLINK("symlink"),
    CHAR("char"),
    BLOCK("block"),
    FIFO("fifo"),
    SOCKET("socket"),
    /** The inode is damaged. */
    UNKNOWN("unknown");

    private static final List<Type> ALL = List.of(values());

    private final String label;

    Type(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }

    public static Optional<Type> ofLabel(String label) {
      return ALL.stream().filter(type -> type.label.equals(label)).findFirst();
    }
  }

  Type type();

  /** Permission bits, {@code 0..07777}. */
  int mode();

  long uid();

  long gid();

  /**
   * What a symbolic link names, as Latin-1 text; empty for anything else and where it cannot be
   * read. Asked only of links that all else fits.
   */
  String target();

  /** A status whose parts are known. */
  static FileStatus of(Type type, int mode, long uid, long gid, String target) {
    return new Known(type, mode, uid, gid, target);
  }

  /** A status that is a value. */
  record Known(Type type, int mode, long uid, long gid, String target) implements FileStatus {}
}
