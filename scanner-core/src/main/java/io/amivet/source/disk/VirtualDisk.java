package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The disk inside a disk image: a {@link DiskMap} says where its pieces are stored.
 *
 * <p>A view that lies in one piece of a mapped file is that piece, without a copy. The files are
 * local, so that prefetching would bring nothing. Closing does nothing: who opened the files closes
 * them.
 */
public final class VirtualDisk implements BlockDevice {
  private static final int MAX_COPY_BYTES = 64 << 20;

  /** Behind this many pieces the rest of the disk counts as data. */
  static final int MAX_PIECES = 1 << 22;

  private final String name;
  private final DiskMap map;
  private final int logicalSectorBytes;
  private final Findings findings;
  private final ClusterCache cache = new ClusterCache();
  private @Nullable List<ByteRange> dataRanges;

  /**
   * What was noticed when the image was opened, one sentence each.
   *
   * @param notes oddities that leave nothing out
   * @param losses why the disk may not be what its user would see
   */
  record Findings(List<String> notes, List<String> losses) {
    static final Findings NONE = new Findings(List.of(), List.of());

    Findings {
      notes = List.copyOf(notes);
      losses = List.copyOf(losses);
    }
  }

  VirtualDisk(String name, DiskMap map, int logicalSectorBytes, Findings findings) {
    this.name = name;
    this.map = map;
    this.logicalSectorBytes = logicalSectorBytes;
    this.findings = findings;
  }

  VirtualDisk(String name, DiskMap map) {
    this(name, map, 512, Findings.NONE);
  }

  /** Oddities of the image that leave nothing out, one sentence each. */
  public List<String> notes() {
    return findings.notes();
  }

  /** Why the disk may not be what its user would see, one sentence each. */
  public List<String> losses() {
    return findings.losses();
  }

  @Override
  public long sizeBytes() {
    return map.sizeBytes();
  }

  @Override
  public int logicalSectorBytes() {
    return logicalSectorBytes;
  }

  @Override
  public void read(long offset, MemorySegment target) throws IOException {
    long lengthBytes = target.byteSize();
    checkRange(offset, lengthBytes);
    for (long done = 0; done < lengthBytes; ) {
      Run run = runAt(offset + done, lengthBytes - done);
      MemorySegment piece = target.asSlice(done, run.lengthBytes());
      switch (run) {
        case Run.Zeros _ -> piece.fill((byte) 0);
        case Run.Stored stored -> stored.file().read(stored.fileOffset(), piece);
        case Run.Packed packed -> piece.copyFrom(contents(packed));
      }
      done += run.lengthBytes();
    }
  }

  @Override
  public MemorySegment view(long offset, long lengthBytes) throws IOException {
    checkRange(offset, lengthBytes);
    if (lengthBytes > 0) {
      Run run = runAt(offset, lengthBytes);
      if (run.lengthBytes() == lengthBytes && run instanceof Run.Stored stored) {
        return stored.file().view(stored.fileOffset(), lengthBytes);
      }
      if (run.lengthBytes() == lengthBytes && run instanceof Run.Packed packed) {
        return contents(packed).asReadOnly();
      }
    }
    if (lengthBytes > MAX_COPY_BYTES) {
      throw new IOException(
          "a view of " + lengthBytes + " bytes of " + this + " is more than fits in memory");
    }
    MemorySegment copy = MemorySegment.ofArray(new byte[(int) lengthBytes]);
    read(offset, copy);
    return copy.asReadOnly();
  }

  private MemorySegment contents(Run.Packed packed) throws IOException {
    byte[] cluster = cache.get(packed.cluster());
    return MemorySegment.ofArray(cluster).asSlice(packed.skipBytes(), packed.lengthBytes());
  }

  /** At most {@code limitBytes}; pieces that lie one behind the other in the file are one. */
  private Run runAt(long offset, long limitBytes) throws IOException {
    Run run = map.runAt(offset).first(limitBytes);
    while (run instanceof Run.Stored stored && stored.lengthBytes() < limitBytes) {
      Run next = map.runAt(offset + stored.lengthBytes()).first(limitBytes - stored.lengthBytes());
      if (!(next instanceof Run.Stored more) || !stored.isFollowedBy(more)) {
        break;
      }
      run =
          new Run.Stored(
              stored.file(), stored.fileOffset(), stored.lengthBytes() + more.lengthBytes());
    }
    return run;
  }

  @Override
  public synchronized List<ByteRange> dataRanges() throws IOException {
    List<ByteRange> known = dataRanges;
    if (known == null) {
      known = findDataRanges();
      dataRanges = known;
    }
    return known;
  }

  private List<ByteRange> findDataRanges() throws IOException {
    List<ByteRange> ranges = new ArrayList<>();
    long start = -1;
    long at = 0;
    for (int pieces = 0; at < sizeBytes(); pieces++) {
      Run run = pieces < MAX_PIECES ? soundRunAt(at) : null;
      boolean data = !(run instanceof Run.Zeros);
      long end = run == null ? sizeBytes() : at + run.first(sizeBytes() - at).lengthBytes();
      if (data && start < 0) {
        start = at;
      } else if (!data && start >= 0) {
        ranges.add(new ByteRange(start, at - start));
        start = -1;
      }
      at = end;
    }
    if (start >= 0) {
      ranges.add(new ByteRange(start, at - start));
    }
    return List.copyOf(ranges);
  }

  /** Null where the tables are damaged: then all that follows may be data. */
  private @Nullable Run soundRunAt(long offset) throws IOException {
    try {
      return map.runAt(offset);
    } catch (CorruptImageException damaged) {
      return null;
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
