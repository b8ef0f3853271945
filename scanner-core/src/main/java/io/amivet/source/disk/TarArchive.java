package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.StructView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The regular files of a tar archive and where they lie in it: ustar, pax and GNU, with the sparse
 * files of all three. Contents are not read.
 */
final class TarArchive {
  private static final int BLOCK_BYTES = TarHeader.BLOCK_BYTES;

  /** More members than any archive of disks has; the tree of a whole system fits too. */
  private static final int MAX_MEMBERS = 1 << 20;

  private static final int MAX_EXTENSION_BYTES = 1 << 20;

  private final BlockDevice file;
  private final List<TarMember> members = new ArrayList<>();
  private Optional<String> damage = Optional.empty();
  private Map<String, String> extended = new HashMap<>();
  private String longName = "";

  private TarArchive(BlockDevice file) {
    this.file = file;
  }

  /** Whether the file starts with the header of a member. */
  static boolean probe(BlockDevice file) throws IOException {
    if (file.sizeBytes() < BLOCK_BYTES) {
      return false;
    }
    StructView block = file.struct("tar header", 0, BLOCK_BYTES);
    return block.u8(0) != 0 && TarHeader.isSound(block);
  }

  static TarArchive read(BlockDevice file) throws IOException {
    TarArchive archive = new TarArchive(file);
    archive.readMembers();
    return archive;
  }

  /** In the order of the archive. */
  List<TarMember> members() {
    return members;
  }

  /** Why members may be missing; empty if the archive was read to its end. */
  Optional<String> damage() {
    return damage;
  }

  private void readMembers() throws IOException {
    long at = 0;
    for (int i = 0; at <= file.sizeBytes() - BLOCK_BYTES; i++) {
      StructView block = file.struct("tar header", at, BLOCK_BYTES);
      if (block.u8(0) == 0) {
        return;
      }
      TarHeader header = TarHeader.parse(block);
      if (!TarHeader.isSound(block) || header.sizeBytes() < 0 || i >= MAX_MEMBERS) {
        damage = Optional.of(file + " cannot be read as a tar archive beyond offset " + at);
        return;
      }
      at = member(block, header, at + BLOCK_BYTES);
    }
    damage = Optional.of(file + " ends without the mark of a complete tar archive");
  }

  /** Takes in one member and returns where the next header is. */
  private long member(StructView block, TarHeader header, long dataAt) throws IOException {
    switch (header.type()) {
      case 'L' -> longName = new String(extension(header, dataAt), StandardCharsets.UTF_8);
      case 'x' -> extended = pax(extension(header, dataAt));
      case 'g', 'K' -> {}
      default -> {
        long lengthBytes = paxNumber("size", header.sizeBytes());
        boolean regular = header.type() == '0' || header.type() == '\0' || header.type() == '7';
        long extra = 0;
        if (header.type() == 'S') {
          extra = addGnuSparse(block, header, dataAt);
        } else if (regular) {
          add(header, new ByteRange(dataAt, clipped(dataAt, lengthBytes)), lengthBytes);
        }
        extended = new HashMap<>();
        longName = "";
        return after(dataAt + extra, lengthBytes);
      }
    }
    return after(dataAt, header.sizeBytes());
  }

  private static long after(long dataAt, long lengthBytes) {
    long padded = lengthBytes + (BLOCK_BYTES - 1) & -BLOCK_BYTES;
    long next = dataAt + padded;
    return padded < 0 || next < 0 ? Long.MAX_VALUE : next;
  }

  private long clipped(long dataAt, long lengthBytes) {
    return Math.clamp(file.sizeBytes() - dataAt, 0, Math.max(0, lengthBytes));
  }

  private byte[] extension(TarHeader header, long dataAt) throws IOException {
    if (header.sizeBytes() > MAX_EXTENSION_BYTES
        || header.sizeBytes() > file.sizeBytes() - dataAt) {
      return new byte[0];
    }
    int lengthBytes = (int) header.sizeBytes();
    return file.struct("tar extension", dataAt, lengthBytes).bytes(0, lengthBytes);
  }

  /** Records {@code LENGTH KEY=VALUE\n}; the last of a key counts, but sparse maps repeat two. */
  private static Map<String, String> pax(byte[] bytes) {
    Map<String, String> records = new HashMap<>();
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (int at = 0; at < text.length(); ) {
      int space = text.indexOf(' ', at);
      int equals = text.indexOf('=', at);
      long length = space < 0 ? -1 : TarSparse.decimal(text.substring(at, space));
      if (length <= 0 || equals < space || length > text.length() - at || equals >= at + length) {
        break;
      }
      String key = text.substring(space + 1, equals);
      String value = text.substring(equals + 1, (int) (at + length - 1));
      boolean repeats = key.equals("GNU.sparse.offset") || key.equals("GNU.sparse.numbytes");
      records.merge(key, value, (old, more) -> repeats ? old + "," + more : more);
      at += (int) length;
    }
    return records;
  }

  private long paxNumber(String key, long otherwise) {
    long value = TarSparse.decimal(extended.getOrDefault(key, ""));
    return value < 0 ? otherwise : value;
  }

  private String name(TarHeader header) {
    String name = extended.getOrDefault("GNU.sparse.name", extended.getOrDefault("path", ""));
    if (!name.isEmpty()) {
      return new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
    int end = longName.indexOf('\0');
    String longer = end < 0 ? longName : longName.substring(0, end);
    return longer.isEmpty() ? header.name() : longer;
  }

  private void add(TarHeader header, ByteRange data, long lengthBytes) throws IOException {
    Optional<TarSparse> sparse = TarSparse.ofPax(extended, file, data);
    if (sparse.isPresent()) {
      addSparse(header, sparse.get(), data);
      return;
    }
    if (data.length() < lengthBytes) {
      damage = Optional.of(file + " ends inside its member " + name(header));
    }
    members.add(new TarMember(name(header), data, List.of(), false, data.length()));
  }

  private long addGnuSparse(StructView block, TarHeader header, long dataAt) throws IOException {
    TarSparse sparse = TarSparse.ofGnu(block, file, dataAt);
    long at = dataAt + sparse.mapBytes();
    ByteRange data = new ByteRange(at, clipped(at, header.sizeBytes()));
    addSparse(header, sparse, new ByteRange(dataAt, sparse.mapBytes() + data.length()));
    return sparse.mapBytes();
  }

  /**
   * @param data with the map of the sparse file at its start, if it has one there
   */
  private void addSparse(TarHeader header, TarSparse sparse, ByteRange data) {
    long mapBytes = Math.min(sparse.mapBytes(), data.length());
    if (!sparse.sound()) {
      damage = Optional.of("the map of the sparse member " + name(header) + " is damaged");
    }
    ByteRange stored = new ByteRange(data.offset() + mapBytes, data.length() - mapBytes);
    members.add(new TarMember(name(header), stored, sparse.pieces(), true, sparse.sizeBytes()));
  }
}
