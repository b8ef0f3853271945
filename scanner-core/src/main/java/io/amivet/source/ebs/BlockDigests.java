package io.amivet.source.ebs;

import io.amivet.finding.Custody;
import io.amivet.finding.Custody.DiskDigest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The verified checksums of the blocks that were fetched: 32 bytes for each block of 512 KiB, so 64
 * MiB for a tebibyte read. Thread-safe.
 */
final class BlockDigests {
  private static final int BLOCKS_A_PAGE = 1024;
  private static final int DIGEST_BYTES = 32;

  private final Map<Long, Page> pages = new TreeMap<>();

  private static final class Page {
    final byte[] digests = new byte[BLOCKS_A_PAGE * DIGEST_BYTES];
    final BitSet known = new BitSet(BLOCKS_A_PAGE);
  }

  synchronized void add(long index, byte[] sha256) {
    Page page = pages.computeIfAbsent(index / BLOCKS_A_PAGE, _ -> new Page());
    int slot = (int) (index % BLOCKS_A_PAGE);
    System.arraycopy(sha256, 0, page.digests, slot * DIGEST_BYTES, DIGEST_BYTES);
    page.known.set(slot);
  }

  /** The digest over all of them, or empty if no block was fetched. */
  synchronized Optional<DiskDigest> digest(String disk) {
    MessageDigest all = DigestUtils.getSha256Digest();
    StringJoiner ranges = new StringJoiner(",");
    long blocks = 0;
    long first = -1;
    long last = -2;
    for (Map.Entry<Long, Page> entry : pages.entrySet()) {
      Page page = entry.getValue();
      for (int slot = page.known.nextSetBit(0); slot >= 0; slot = page.known.nextSetBit(slot + 1)) {
        long index = entry.getKey() * BLOCKS_A_PAGE + slot;
        all.update(ByteBuffer.allocate(Long.BYTES).putLong(0, index));
        all.update(page.digests, slot * DIGEST_BYTES, DIGEST_BYTES);
        blocks++;
        if (index != last + 1) {
          addRange(ranges, first, last);
          first = index;
        }
        last = index;
      }
    }
    addRange(ranges, first, last);
    return blocks == 0
        ? Optional.empty()
        : Optional.of(
            new DiskDigest(
                disk,
                Custody.Method.BLOCKS_READ,
                HexFormat.of().formatHex(all.digest()),
                blocks,
                ranges.toString()));
  }

  private static void addRange(StringJoiner ranges, long first, long last) {
    if (first >= 0) {
      ranges.add(first == last ? Long.toString(first) : first + "-" + last);
    }
  }

  static byte[] of(byte[] block, int lengthBytes) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    digest.update(block, 0, lengthBytes);
    return digest.digest();
  }
}
