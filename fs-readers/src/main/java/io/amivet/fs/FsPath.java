package io.amivet.fs;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An absolute path inside a file system. A path is bytes, not text: Linux allows any byte but NUL
 * and slash in a name. Starts with a slash; only the root ends with one.
 */
public final class FsPath implements Comparable<FsPath> {
  public static final FsPath ROOT = new FsPath(new byte[] {'/'});

  private final byte[] bytes;

  private FsPath(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The path of a text such as {@code /etc/passwd}; repeated and final slashes are dropped. */
  public static FsPath of(String text) {
    FsPath path = ROOT;
    for (String name : text.split("/")) {
      if (!name.isEmpty()) {
        path = path.resolve(name.getBytes(StandardCharsets.UTF_8));
      }
    }
    return path;
  }

  /** The child of this directory called {@code name}, which must be non-empty and hold no slash. */
  public FsPath resolve(byte[] name) {
    boolean root = bytes.length == 1;
    byte[] joined = Arrays.copyOf(bytes, bytes.length + (root ? 0 : 1) + name.length);
    if (!root) {
      joined[bytes.length] = '/';
    }
    System.arraycopy(name, 0, joined, joined.length - name.length, name.length);
    return new FsPath(joined);
  }

  public FsPath resolve(String name) {
    return resolve(name.getBytes(StandardCharsets.UTF_8));
  }

  public boolean isRoot() {
    return bytes.length == 1;
  }

  /** The directory that holds this; the root is its own parent. */
  public FsPath parent() {
    int slash = lastSlash();
    return slash <= 0 ? ROOT : new FsPath(Arrays.copyOf(bytes, slash));
  }

  /** The last name; empty for the root. */
  public byte[] name() {
    return Arrays.copyOfRange(bytes, lastSlash() + 1, bytes.length);
  }

  /** The names from the root down; empty for the root. */
  public List<byte[]> names() {
    List<byte[]> names = new ArrayList<>();
    int start = 1;
    for (int i = 1; i <= bytes.length; i++) {
      if ((i == bytes.length || bytes[i] == '/') && i > start) {
        names.add(Arrays.copyOfRange(bytes, start, i));
        start = i + 1;
      }
    }
    return names;
  }

  private int lastSlash() {
    int i = bytes.length - 1;
    while (bytes[i] != '/') {
      i--;
    }
    return i;
  }

  /** Length in bytes. */
  public int length() {
    return bytes.length;
  }

  public byte byteAt(int index) {
    return bytes[index];
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** Whether this is {@code ancestor} or lies below it. */
  public boolean startsWith(FsPath ancestor) {
    int n = ancestor.bytes.length;
    if (ancestor.isRoot()) {
      return true;
    }
    return bytes.length >= n
        && Arrays.equals(bytes, 0, n, ancestor.bytes, 0, n)
        && (bytes.length == n || bytes[n] == '/');
  }

  /** The path as text, if it is well-formed UTF-8. */
  public Optional<String> utf8() {
    return utf8(bytes);
  }

  /** Bytes such as the target of a link as text, if they are well-formed UTF-8. */
  public static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString());
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }

  /**
   * The path as Latin-1 text: one char per byte, in both directions without loss. For matching
   * patterns, not for showing.
   */
  public String latin1() {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Override
  public int compareTo(FsPath other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FsPath that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** For people: malformed bytes become U+FFFD. Still hostile text: escape before showing. */
  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
