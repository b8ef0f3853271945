package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.StructView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The map of a sparse file in a tar archive, in the four forms that GNU tar has written: header
 * type S, and pax formats 0.0, 0.1 and 1.0; "Storing Sparse Files" of the GNU tar manual.
 *
 * @param pieces where data goes in the file, ascending; it lies one piece behind the other
 * @param sizeBytes of the file
 * @param mapBytes that stand between the header and the data
 * @param sound false if the map makes no sense from some piece on
 */
record TarSparse(List<ByteRange> pieces, long sizeBytes, long mapBytes, boolean sound) {
  private static final int BLOCK_BYTES = TarHeader.BLOCK_BYTES;
  private static final int MAX_PIECES = 1 << 20;
  private static final int SLOT_BYTES = 24;
  private static final int SLOTS_IN_HEADER = 4;
  private static final int SLOTS_IN_BLOCK = 21;

  /** Decimal digits; -1 for anything else. */
  static long decimal(String digits) {
    boolean sound =
        !digits.isEmpty()
            && digits.length() <= 18
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return sound ? Long.parseLong(digits) : -1;
  }

  /** The map that extended headers state or announce; empty if the file is not sparse. */
  static Optional<TarSparse> ofPax(Map<String, String> extended, BlockDevice file, ByteRange data)
      throws IOException {
    long size =
        decimal(
            extended.getOrDefault(
                "GNU.sparse.realsize", extended.getOrDefault("GNU.sparse.size", "")));
    if (size < 0) {
      return Optional.empty();
    }
    if (extended.getOrDefault("GNU.sparse.major", "").equals("1")) {
      return Optional.of(ofMapInData(file, data, size));
    }
    List<Long> numbers = new ArrayList<>();
    String map = extended.getOrDefault("GNU.sparse.map", "");
    if (map.isEmpty()) {
      // Format 0.0: the same two keys again and again, which were joined in their order.
      String[] offsets = extended.getOrDefault("GNU.sparse.offset", "").split(",");
      String[] lengths = extended.getOrDefault("GNU.sparse.numbytes", "").split(",");
      for (int i = 0; i < Math.min(offsets.length, lengths.length); i++) {
        numbers.add(decimal(offsets[i]));
        numbers.add(decimal(lengths[i]));
      }
    } else {
      for (String number : map.split(",")) {
        numbers.add(decimal(number));
      }
    }
    return Optional.of(of(numbers, size, 0));
  }

  /** Format 1.0: decimal numbers in lines, how many pieces first, padded to a block. */
  private static TarSparse ofMapInData(BlockDevice file, ByteRange data, long size)
      throws IOException {
    List<Long> numbers = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    long wanted = 1;
    long at = 0;
    while (at + BLOCK_BYTES <= data.length() && numbers.size() < wanted) {
      byte[] block =
          file.struct("sparse map", data.offset() + at, BLOCK_BYTES).bytes(0, BLOCK_BYTES);
      at += BLOCK_BYTES;
      for (char c : new String(block, StandardCharsets.ISO_8859_1).toCharArray()) {
        if (c != '\n') {
          line.append(c);
        } else if (numbers.size() < wanted) {
          numbers.add(decimal(line.toString()));
          line.setLength(0);
          wanted = 1 + 2L * Math.clamp(numbers.getFirst(), 0, MAX_PIECES);
        }
      }
    }
    List<Long> pairs = numbers.isEmpty() ? numbers : numbers.subList(1, numbers.size());
    return of(pairs, size, at);
  }

  /** Four pieces in the header, 21 more in each block that follows while its last byte says so. */
  static TarSparse ofGnu(StructView header, BlockDevice file, long dataAt) throws IOException {
    List<Long> numbers = new ArrayList<>();
    addSlots(header, 386, SLOTS_IN_HEADER, numbers);
    boolean more = header.u8(482) != 0;
    long at = dataAt;
    while (more && at <= file.sizeBytes() - BLOCK_BYTES && numbers.size() < 2 * MAX_PIECES) {
      StructView block = file.struct("sparse extension header", at, BLOCK_BYTES);
      addSlots(block, 0, SLOTS_IN_BLOCK, numbers);
      more = block.u8(504) != 0;
      at += BLOCK_BYTES;
    }
    long size = Math.max(0, TarHeader.number(header, 483, 12));
    return of(numbers, size, at - dataAt);
  }

  private static void addSlots(StructView block, int from, int count, List<Long> numbers) {
    for (int i = 0; i < count; i++) {
      int at = from + i * SLOT_BYTES;
      if (block.u8(at) == 0) {
        return;
      }
      numbers.add(TarHeader.number(block, at, 12));
      numbers.add(TarHeader.number(block, at + 12, 12));
    }
  }

  /** With the pieces up to the first that goes backwards or leaves the file. */
  private static TarSparse of(List<Long> numbers, long size, long mapBytes) {
    List<ByteRange> pieces = new ArrayList<>();
    long end = 0;
    for (int i = 0; i + 1 < numbers.size(); i += 2) {
      long offset = numbers.get(i);
      long length = numbers.get(i + 1);
      if (offset < end || length < 0 || offset > size - length) {
        return new TarSparse(pieces, size, mapBytes, false);
      }
      if (length > 0) {
        pieces.add(new ByteRange(offset, length));
      }
      end = offset + length;
    }
    return new TarSparse(pieces, size, mapBytes, true);
  }
}
