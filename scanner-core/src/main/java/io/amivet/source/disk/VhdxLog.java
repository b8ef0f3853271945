package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The log of a VHDX image, [MS-VHDX] section 2.3: a ring of entries, each of which replaces some 4
 * KiB pages of the file. The valid run of entries that ends with the highest sequence number is
 * what the program that wrote last still had to play back.
 */
final class VhdxLog {
  private static final int SECTOR_BYTES = 4096;
  private static final int DESCRIPTOR_BYTES = 32;
  private static final int HEADER_BYTES = 64;

  /** Hyper-V makes logs of 1 MiB. What is larger is not replayed. */
  private static final long MAX_LOG_BYTES = 32 << 20;

  /** An honest ring is read twice; one whose sectors all claim to be long entries, no longer. */
  private static final int CHECK_FACTOR = 8;

  private final BlockDevice file;
  private final VhdxHeader header;
  private long checkedBytes;

  private VhdxLog(BlockDevice file, VhdxHeader header) {
    this.file = file;
    this.header = header;
  }

  /** The file as it is after playing back its log, as far as that was possible. */
  record Replay(BlockDevice device, List<String> notes, List<String> losses) {}

  /** One entry whose checksum held; {@code at} is its place in the ring. */
  private record Entry(long at, StructView bytes) {
    long lengthBytes() {
      return bytes.u32le(8);
    }

    long tail() {
      return bytes.u32le(12);
    }

    long sequenceNumber() {
      return bytes.u64le(16);
    }

    long descriptorCount() {
      return bytes.u32le(24);
    }

    long flushedFileOffset() {
      return bytes.u64le(48);
    }
  }

  static Replay replay(BlockDevice file, VhdxHeader header) throws IOException {
    if (header.logGuid().equals(Guid.ZERO)) {
      return new Replay(file, List.of(), List.of());
    }
    String stale = file + " has a log that cannot be played back: ";
    if (header.logVersion() != 0) {
      return lost(file, stale + "its version is " + header.logVersion());
    }
    long logBytes = header.logBytes();
    long logOffset = header.logOffset();
    if (logBytes < SECTOR_BYTES
        || logBytes > MAX_LOG_BYTES
        || logBytes % SECTOR_BYTES != 0
        || logOffset < 0
        || logOffset > file.sizeBytes() - logBytes) {
      return lost(file, stale + "it should be " + logBytes + " bytes at " + logOffset);
    }
    VhdxLog log = new VhdxLog(file, header);
    List<Entry> sequence = log.activeSequence();
    if (sequence.isEmpty()) {
      return lost(file, stale + "no entry in it is valid");
    }
    if (sequence.getLast().flushedFileOffset() > file.sizeBytes()) {
      return lost(file, stale + "the file is shorter than when it was written");
    }
    try {
      BlockDevice patched = log.apply(sequence);
      String note = file + " was not closed properly; its log was played back in memory";
      return new Replay(patched, List.of(note), List.of());
    } catch (CorruptImageException e) {
      return lost(file, stale + e.getMessage());
    }
  }

  private static Replay lost(BlockDevice file, String sentence) {
    return new Replay(file, List.of(), List.of(sentence));
  }

  /** Walks the ring once from each of its sectors that no earlier run went through. */
  private List<Entry> activeSequence() throws IOException {
    List<Entry> best = List.of();
    long start = 0;
    while (start < header.logBytes() && checkedBytes <= CHECK_FACTOR * header.logBytes()) {
      List<Entry> run = runFrom(start);
      if (!run.isEmpty() && isComplete(run) && isNewer(run, best)) {
        best = run;
      }
      start += run.isEmpty() ? SECTOR_BYTES : run.stream().mapToLong(Entry::lengthBytes).sum();
    }
    return fromTail(best);
  }

  private static boolean isNewer(List<Entry> run, List<Entry> best) {
    return best.isEmpty()
        || Long.compareUnsigned(run.getLast().sequenceNumber(), best.getLast().sequenceNumber())
            > 0;
  }

  /** A run counts only if it reaches back to the tail that its last entry names. */
  private static boolean isComplete(List<Entry> run) {
    return run.stream().anyMatch(entry -> entry.at() == run.getLast().tail());
  }

  private static List<Entry> fromTail(List<Entry> run) {
    for (int i = 0; i < run.size(); i++) {
      if (run.get(i).at() == run.getLast().tail()) {
        return run.subList(i, run.size());
      }
    }
    return List.of();
  }

  private List<Entry> runFrom(long start) throws IOException {
    List<Entry> run = new ArrayList<>();
    long at = start;
    long covered = 0;
    Optional<Entry> next = entryAt(at);
    while (next.isPresent() && covered + next.get().lengthBytes() <= header.logBytes()) {
      Entry entry = next.get();
      if (!run.isEmpty() && entry.sequenceNumber() != run.getLast().sequenceNumber() + 1) {
        break;
      }
      run.add(entry);
      covered += entry.lengthBytes();
      at = (at + entry.lengthBytes()) % header.logBytes();
      next = entryAt(at);
    }
    return run;
  }

  private Optional<Entry> entryAt(long at) throws IOException {
    StructView head = file.struct("VHDX_LOG_ENTRY", header.logOffset() + at, HEADER_BYTES);
    long lengthBytes = head.u32le(8);
    boolean plausible =
        head.u32le(0) == 0x65676f6cL
            && Guid.at(head, 32).equals(header.logGuid())
            && lengthBytes >= SECTOR_BYTES
            && lengthBytes % SECTOR_BYTES == 0
            && lengthBytes <= header.logBytes();
    if (!plausible) {
      return Optional.empty();
    }
    checkedBytes += lengthBytes;
    Entry entry = new Entry(at, ring(at, (int) lengthBytes));
    try {
      VhdxHeader.checkCrc(entry.bytes());
      return Optional.of(entry);
    } catch (CorruptImageException torn) {
      return Optional.empty();
    }
  }

  /** An entry may go on at the start of the ring. */
  private StructView ring(long at, int lengthBytes) throws IOException {
    byte[] bytes = new byte[lengthBytes];
    MemorySegment target = MemorySegment.ofArray(bytes);
    long first = Math.min(lengthBytes, header.logBytes() - at);
    file.read(header.logOffset() + at, target.asSlice(0, first));
    file.read(header.logOffset(), target.asSlice(first));
    return new StructView(file, "VHDX_LOG_ENTRY", header.logOffset() + at, target);
  }

  private BlockDevice apply(List<Entry> sequence) throws IOException {
    NavigableMap<Long, PatchedDevice.Patch> patches = new TreeMap<>();
    for (Entry entry : sequence) {
      applyEntry(entry, patches);
    }
    long sizeBytes = Math.max(file.sizeBytes(), sequence.getLast().bytes().u64le(56));
    return new PatchedDevice(file, patches, sizeBytes);
  }

  private static void applyEntry(Entry entry, NavigableMap<Long, PatchedDevice.Patch> patches)
      throws IOException {
    StructView bytes = entry.bytes();
    long count = entry.descriptorCount();
    long descriptorBytes = HEADER_BYTES + count * DESCRIPTOR_BYTES;
    if (!bytes.holds(0, descriptorBytes)) {
      throw bytes.corrupt(DiskFault.ENTRY, 24, count + " descriptors");
    }
    long data = (descriptorBytes + SECTOR_BYTES - 1) / SECTOR_BYTES * SECTOR_BYTES;
    for (int i = 0; i < count; i++) {
      StructView descriptor =
          bytes.slice("VHDX_LOG_DESCRIPTOR", HEADER_BYTES + i * DESCRIPTOR_BYTES, DESCRIPTOR_BYTES);
      long fileOffset = descriptor.u64le(16);
      if (fileOffset < 0
          || fileOffset % SECTOR_BYTES != 0
          || descriptor.u64le(24) != entry.sequenceNumber()) {
        throw descriptor.corrupt(DiskFault.ENTRY, 16, "offset " + fileOffset);
      }
      switch ((int) descriptor.u32le(0)) {
        case 0x6f72657a -> PatchedDevice.addZeros(patches, fileOffset, zeroLength(descriptor));
        case 0x63736564 -> {
          if (!bytes.holds(data, SECTOR_BYTES)) {
            throw descriptor.corrupt(DiskFault.ENTRY, 0, "its data lie outside the entry");
          }
          StructView sector = bytes.slice("VHDX_LOG_DATA", (int) data, SECTOR_BYTES);
          PatchedDevice.addPage(patches, fileOffset, page(descriptor, sector));
          data += SECTOR_BYTES;
        }
        default -> throw descriptor.corrupt(DiskFault.ENTRY, 0, "unknown signature");
      }
    }
  }

  private static long zeroLength(StructView descriptor) throws IOException {
    long lengthBytes = descriptor.u64le(8);
    if (lengthBytes < 0 || lengthBytes % SECTOR_BYTES != 0) {
      throw descriptor.corrupt(DiskFault.ENTRY, 8, "zeros of " + lengthBytes + " bytes");
    }
    return lengthBytes;
  }

  /**
   * The ends of a page stand in its descriptor: their places hold signature and sequence number.
   */
  private static byte[] page(StructView descriptor, StructView sector) throws IOException {
    boolean whole =
        sector.u32le(0) == 0x61746164L
            && sector.u32le(4) == descriptor.u64le(24) >>> 32
            && sector.u32le(4092) == (descriptor.u64le(24) & 0xffff_ffffL);
    if (!whole) {
      throw sector.corrupt(DiskFault.ENTRY, 0, "torn data sector");
    }
    byte[] page = sector.bytes(0, SECTOR_BYTES);
    System.arraycopy(descriptor.bytes(8, 8), 0, page, 0, 8);
    System.arraycopy(descriptor.bytes(4, 4), 0, page, SECTOR_BYTES - 4, 4);
    return page;
  }
}
