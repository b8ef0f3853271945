package io.amivet.scan.layer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A bbolt database (go.etcd.io/bbolt, {@code db.go}, {@code page.go}, {@code bucket.go}), read as
 * the last committed transaction left it: buckets of keys and values, or of further buckets, in B+
 * trees of pages. Little endian. What is damaged is left out: the records are wanted for names.
 */
final class BoltFile {
  private static final int MAGIC = 0xed0cdaed;
  private static final int VERSION = 2;
  private static final int MIN_PAGE_BYTES = 512;
  private static final int MAX_PAGE_BYTES = 64 << 10;
  private static final int PAGE_HEADER_BYTES = 16;
  private static final int BUCKET_HEADER_BYTES = 16;
  private static final int ELEMENT_BYTES = 16;
  private static final int BRANCH_PAGE = 1;
  private static final int LEAF_PAGE = 2;
  private static final int BUCKET_ELEMENT = 1;

  /** The trees of bbolt are a few levels deep. */
  private static final int MAX_LEVELS = 12;

  /** {@code MaxKeySize} of bbolt; the values that are read are shorter still. */
  private static final int MAX_TEXT_BYTES = 32_768;

  /** Pages read from one file, again and again if it is damaged so. */
  private static final int MAX_PAGES = 100_000;

  private final ByteBuffer bytes;
  private final int pageBytes;
  private final long rootPage;
  private int leftPages = MAX_PAGES;

  private BoltFile(ByteBuffer bytes, int pageBytes, long rootPage) {
    this.bytes = bytes;
    this.pageBytes = pageBytes;
    this.rootPage = rootPage;
  }

  /** Empty if neither of its two meta pages is whole. */
  static Optional<BoltFile> open(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    Optional<Meta> first = Meta.at(bytes, 0);
    // Without the first, the second is at the page size of the machine, which is almost always
    // this.
    int second = first.map(Meta::pageBytes).orElse(4096);
    return latest(first, Meta.at(bytes, second))
        .map(meta -> new BoltFile(bytes, meta.pageBytes(), meta.rootPage()));
  }

  private static Optional<Meta> latest(Optional<Meta> one, Optional<Meta> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    boolean newer = Long.compareUnsigned(other.get().transaction(), one.get().transaction()) > 0;
    return newer ? other : one;
  }

  private record Meta(int pageBytes, long rootPage, long transaction) {
    private static final int CHECKED_BYTES = 56;

    static Optional<Meta> at(ByteBuffer bytes, int page) {
      int start = page + PAGE_HEADER_BYTES;
      if (bytes.capacity() < start + CHECKED_BYTES + Long.BYTES) {
        return Optional.empty();
      }
      int size = bytes.getInt(start + 8);
      boolean whole =
          bytes.getInt(start) == MAGIC
              && bytes.getInt(start + 4) == VERSION
              && size >= MIN_PAGE_BYTES
              && size <= MAX_PAGE_BYTES
              && bytes.getLong(start + CHECKED_BYTES) == fnv64a(bytes, start);
      return whole
          ? Optional.of(new Meta(size, bytes.getLong(start + 16), bytes.getLong(start + 48)))
          : Optional.empty();
    }

    private static long fnv64a(ByteBuffer bytes, int start) {
      long hash = 0xcbf29ce484222325L;
      for (int i = 0; i < CHECKED_BYTES; i++) {
        hash = (hash ^ (bytes.get(start + i) & 0xff)) * 0x100000001b3L;
      }
      return hash;
    }
  }

  private record Value(int offset, int length) {}

  /** The keys of one bucket, Latin-1, in order. */
  final class Bucket {
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Map<String, Value> buckets = new LinkedHashMap<>();

    /** A value as Latin-1 text; empty if it is not there. */
    String text(String key) {
      return new String(bytes(key), StandardCharsets.ISO_8859_1);
    }

    /** A number as {@code binary.PutUvarint} of Go writes it; -1 if it is not there. */
    long number(String key) {
      byte[] value = bytes(key);
      long number = 0;
      for (int i = 0; i < Math.min(value.length, 9); i++) {
        number |= (value[i] & 0x7fL) << (7 * i);
        if (value[i] >= 0) {
          return number;
        }
      }
      return -1;
    }

    private byte[] bytes(String key) {
      Value value = values.get(key);
      byte[] copy = new byte[value == null ? 0 : Math.min(value.length(), MAX_TEXT_BYTES)];
      if (value != null) {
        bytes.get(value.offset(), copy);
      }
      return copy;
    }

    Set<String> keys() {
      return values.keySet();
    }

    Set<String> bucketNames() {
      return buckets.keySet();
    }

    /** The bucket called {@code name}; an empty one if it is not there. */
    Bucket bucket(String name) {
      Value header = buckets.get(name);
      Bucket inner = new Bucket();
      if (header != null && header.length() >= BUCKET_HEADER_BYTES) {
        long page = bytes.getLong(header.offset());
        if (page == 0) {
          // Small buckets lie in the leaf of their parent.
          inner.page(header.offset() + BUCKET_HEADER_BYTES, header.offset() + header.length(), 0);
        } else {
          inner.page(page, 0);
        }
      }
      return inner;
    }

    Bucket bucket(String first, String... names) {
      Bucket inner = bucket(first);
      for (String name : names) {
        inner = inner.bucket(name);
      }
      return inner;
    }

    private void page(long number, int level) {
      long start = number * pageBytes;
      if (number > 1 && number < bytes.capacity() / pageBytes) {
        page((int) start, bytes.capacity(), level);
      }
    }

    private void page(int start, int end, int level) {
      if (level >= MAX_LEVELS || end - start < PAGE_HEADER_BYTES || leftPages-- <= 0) {
        return;
      }
      int flags = bytes.getShort(start + 8);
      int count = bytes.getShort(start + 10) & 0xffff;
      for (int i = 0; i < count; i++) {
        int element = start + PAGE_HEADER_BYTES + i * ELEMENT_BYTES;
        if (element + ELEMENT_BYTES > end) {
          return;
        }
        if ((flags & BRANCH_PAGE) != 0) {
          page(bytes.getLong(element + 8), level + 1);
        } else if ((flags & LEAF_PAGE) != 0) {
          leaf(element, end);
        }
      }
    }

    private void leaf(int element, int end) {
      long key = element + (bytes.getInt(element + 4) & 0xffff_ffffL);
      long keyLength = bytes.getInt(element + 8) & 0xffff_ffffL;
      long valueLength = bytes.getInt(element + 12) & 0xffff_ffffL;
      if (keyLength > MAX_TEXT_BYTES || key + keyLength + valueLength > end) {
        return;
      }
      byte[] name = new byte[(int) keyLength];
      bytes.get((int) key, name);
      Value value = new Value((int) (key + keyLength), (int) valueLength);
      boolean isBucket = (bytes.getInt(element) & BUCKET_ELEMENT) != 0;
      (isBucket ? buckets : values).put(new String(name, StandardCharsets.ISO_8859_1), value);
    }
  }

  Bucket root() {
    Bucket root = new Bucket();
    root.page(rootPage, 0);
    return root;
  }
}
