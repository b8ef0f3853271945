package io.amivet.rpm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The header of an installed package, as far as it says which files the package brought:
 * lib/header.c and lib/rpmtag.h of rpm.
 *
 * <pre>
 *   int32 index entries   int32 bytes of the store
 *   per entry: int32 tag, int32 type, int32 offset in the store, int32 count     all big-endian
 *   the store
 * </pre>
 *
 * @param name of the package
 * @param algorithm of the digests, as {@link java.security.MessageDigest} names it
 */
public record RpmHeader(String name, String algorithm, List<PackagedFile> files) {
  private static final int ENTRY_BYTES = 16;
  private static final int MAX_ENTRIES = 1 << 16;
  private static final int MAX_FILES = 1 << 20;

  private static final int NAME = 1000;
  private static final int FILE_DIGESTS = 1035;
  private static final int FILE_FLAGS = 1037;
  private static final int DIR_INDEXES = 1116;
  private static final int BASE_NAMES = 1117;
  private static final int DIR_NAMES = 1118;
  private static final int FILE_DIGEST_ALGORITHM = 5011;

  private static final int TYPE_INT32 = 4;
  private static final int TYPE_STRING = 6;
  private static final int TYPE_STRING_ARRAY = 8;
  private static final int TYPE_I18N_STRING = 9;

  private static final int FLAG_CONFIG = 1;
  private static final int FLAG_GHOST = 1 << 6;

  /** PGPHASHALGO_… of rpm, which are those of OpenPGP. */
  private static final Map<Integer, String> ALGORITHMS =
      Map.of(1, "MD5", 2, "SHA-1", 8, "SHA-256", 9, "SHA-384", 10, "SHA-512", 11, "SHA-224");

  public RpmHeader {
    files = List.copyOf(files);
  }

  /**
   * One file that a package brought.
   *
   * @param path absolute, Latin-1
   * @param digest empty for directories, links and special files
   * @param flags RPMFILE_… of rpm
   */
  public record PackagedFile(String path, byte[] digest, int flags) {
    /** Whether its owner may change it: a configuration file, or one that is not in the package. */
    public boolean mayDiffer() {
      return (flags & (FLAG_CONFIG | FLAG_GHOST)) != 0;
    }
  }

  /** Where the values of a tag are. */
  private record Entry(int type, int offset, int count) {}

  /**
   * Reads a header.
   *
   * @throws RpmException if it contradicts itself
   */
  public static RpmHeader parse(byte[] blob) throws RpmException {
    return new Reader(blob).header();
  }

  private static final class Reader {
    private final Map<Integer, Entry> entries = new HashMap<>();
    private final ByteBuffer store;

    Reader(byte[] blob) throws RpmException {
      ByteBuffer all = ByteBuffer.wrap(blob).order(ByteOrder.BIG_ENDIAN);
      if (blob.length < 8) {
        throw new RpmException("a header of " + blob.length + " bytes");
      }
      int count = all.getInt(0);
      int storeBytes = all.getInt(4);
      long start = 8 + (long) ENTRY_BYTES * count;
      if (count < 1 || count > MAX_ENTRIES || storeBytes < 0 || start + storeBytes > blob.length) {
        throw new RpmException("a header with " + count + " entries, " + storeBytes + " bytes");
      }
      store = all.slice((int) start, storeBytes);
      for (int i = 0; i < count; i++) {
        int at = 8 + i * ENTRY_BYTES;
        Entry entry = new Entry(all.getInt(at + 4), all.getInt(at + 8), all.getInt(at + 12));
        boolean inside = entry.offset() >= 0 && entry.offset() <= storeBytes && entry.count() >= 0;
        if (inside) {
          entries.putIfAbsent(all.getInt(at), entry);
        }
      }
    }

    RpmHeader header() throws RpmException {
      List<String> names = strings(BASE_NAMES);
      List<String> directories = strings(DIR_NAMES);
      int[] directoryOf = ints(DIR_INDEXES);
      int[] flags = ints(FILE_FLAGS);
      List<String> digests = strings(FILE_DIGESTS);
      if (names.size() != directoryOf.length || digests.size() > names.size()) {
        throw new RpmException("a header whose lists of files differ in length");
      }
      int[] algorithm = ints(FILE_DIGEST_ALGORITHM);
      List<PackagedFile> files = new ArrayList<>(names.size());
      for (int i = 0; i < names.size(); i++) {
        if (directoryOf[i] < 0 || directoryOf[i] >= directories.size()) {
          throw new RpmException("a file in directory " + directoryOf[i]);
        }
        byte[] digest = i < digests.size() ? digest(digests.get(i)) : new byte[0];
        files.add(
            new PackagedFile(
                directories.get(directoryOf[i]) + names.get(i),
                digest,
                i < flags.length ? flags[i] : 0));
      }
      List<String> name = strings(NAME);
      return new RpmHeader(
          name.isEmpty() ? "?" : name.getFirst(),
          ALGORITHMS.getOrDefault(algorithm.length == 0 ? 1 : algorithm[0], ""),
          files);
    }

    private static byte[] digest(String hex) {
      try {
        return HexFormat.of().parseHex(hex);
      } catch (IllegalArgumentException noDigest) {
        return new byte[0];
      }
    }

    private int[] ints(int tag) throws RpmException {
      Entry entry = entries.get(tag);
      if (entry == null || entry.type() != TYPE_INT32) {
        return new int[0];
      }
      if (entry.count() > MAX_FILES
          || entry.offset() + (long) Integer.BYTES * entry.count() > store.capacity()) {
        throw new RpmException("tag " + tag + " reaches past the end of its header");
      }
      int[] values = new int[entry.count()];
      for (int i = 0; i < values.length; i++) {
        values[i] = store.getInt(entry.offset() + i * Integer.BYTES);
      }
      return values;
    }

    private List<String> strings(int tag) throws RpmException {
      Entry entry = entries.get(tag);
      if (entry == null) {
        return List.of();
      }
      boolean text =
          entry.type() == TYPE_STRING
              || entry.type() == TYPE_STRING_ARRAY
              || entry.type() == TYPE_I18N_STRING;
      if (!text || entry.count() > MAX_FILES) {
        throw new RpmException("tag " + tag + " of type " + entry.type());
      }
      List<String> values = new ArrayList<>(entry.count());
      int at = entry.offset();
      for (int i = 0; i < entry.count(); i++) {
        int end = at;
        while (end < store.capacity() && store.get(end) != 0) {
          end++;
        }
        if (end == store.capacity()) {
          throw new RpmException("tag " + tag + " reaches past the end of its header");
        }
        byte[] bytes = new byte[end - at];
        store.get(at, bytes);
        values.add(new String(bytes, StandardCharsets.ISO_8859_1));
        at = end + 1;
      }
      return values;
    }
  }
}
