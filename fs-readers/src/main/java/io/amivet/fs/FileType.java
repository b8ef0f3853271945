package io.amivet.fs;

/** The type of an inode, as in the upper four bits of {@code i_mode} ({@code linux/stat.h}). */
public enum FileType {
  FIFO(0x1, "fifo", 'p'),
  CHAR(0x2, "char", 'c'),
  DIRECTORY(0x4, "dir", 'd'),
  BLOCK(0x6, "block", 'b'),
  REGULAR(0x8, "file", '-'),
  SYMLINK(0xa, "symlink", 'l'),
  SOCKET(0xc, "socket", 's'),
  /** Bits that no kernel writes; the inode is damaged. */
  UNKNOWN(-1, "unknown", '?');

  private final int modeBits;
  private final String label;
  private final char letter;

  FileType(int modeBits, String label, char letter) {
    this.modeBits = modeBits;
    this.label = label;
    this.letter = letter;
  }

  /** The type that a 16-bit {@code i_mode} states. */
  public static FileType ofMode(int mode) {
    int bits = (mode >> 12) & 0xf;
    for (FileType type : values()) {
      if (type.modeBits == bits) {
        return type;
      }
    }
    return UNKNOWN;
  }

  /** The word used in listings and reports. */
  public String label() {
    return label;
  }

  /** The letter used by {@code ls -l}. */
  public char letter() {
    return letter;
  }
}
