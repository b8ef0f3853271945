package io.amivet.block;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A device put together of parts of others, one after the other and each plain or striped: what
 * device-mapper makes of a table with the targets {@code linear}, {@code striped}, {@code zero} and
 * {@code error}. Closing it does nothing.
 *
 * <p>A part that is missing, or reaches past the end of what it lies on, is a fault of the image
 * where it is read, never zeros and never a failure of the source: what lies elsewhere is read.
 */
public final class MappedDevice implements BlockDevice {
  private static final int MAX_DATA_RANGES = 1 << 20;
  private static final int MAX_ABSENCES = 16;

  private final List<MappedTarget> targets;
  private final long[] starts;
  private final long sizeBytes;
  private final Set<String> absences;
  private final boolean whollyAbsent;
  private final Fault missing;
  private final String name;

  /**
   * @param targets in the order of the device, one starting where the one before ends
   * @param missing what to call it when a part that is not there is read
   * @param name says what the device is, for messages
   */
  public MappedDevice(List<MappedTarget> targets, Fault missing, String name) {
    this.targets = List.copyOf(targets);
    this.starts = new long[targets.size()];
    this.missing = missing;
    this.name = name;
    long at = 0;
    for (int i = 0; i < targets.size(); i++) {
      starts[i] = at;
      at = Math.addExact(at, targets.get(i).lengthBytes());
    }
    this.sizeBytes = at;
    // Once, not when asked: devices can be stacked so that asking all below takes for ever.
    this.absences = Collections.unmodifiableSet(absencesOf(targets));
    this.whollyAbsent = targets.stream().allMatch(MappedDevice::absent);
  }

  private static Set<String> absencesOf(List<MappedTarget> targets) {
    Set<String> reasons = new LinkedHashSet<>();
    for (MappedTarget target : targets) {
      for (MappedTarget.Leg leg : target.legs()) {
        if (reasons.size() < MAX_ABSENCES) {
          reasons.addAll(leg.absences(target.legBytes()));
        }
      }
    }
    return reasons;
  }

  private static boolean absent(MappedTarget target) {
    return target.legs().stream().allMatch(leg -> leg.presentBytes(target.legBytes()) == 0);
  }

  /** Why parts cannot be read, one sentence each; empty if all are there. */
  public Set<String> absences() {
    return absences;
  }

  /** Whether no byte of it can be read. */
  public boolean whollyAbsent() {
    return whollyAbsent;
  }

  @Override
  public long sizeBytes() {
    return sizeBytes;
  }

  /** Receives the pieces of a range: which leg they lie on, where, and where in the range. */
  @FunctionalInterface
  private interface Visitor {
    void piece(MappedTarget.Leg leg, long legOffset, long lengthBytes, long at) throws IOException;
  }

  private void visit(long offset, long lengthBytes, Visitor visitor) throws IOException {
    long end = offset + lengthBytes;
    int i = indexOf(offset);
    for (long at = offset; at < end; i++) {
      MappedTarget target = targets.get(i);
      long stop = Math.min(end, starts[i] + target.lengthBytes());
      while (at < stop) {
        MappedTarget.Place place = target.place(at - starts[i]);
        long piece = Math.min(stop - at, place.lengthBytes());
        visitor.piece(place.leg(), place.offset(), piece, at);
        at += piece;
      }
    }
  }

  /** With a visitor that reads nothing. */
  private void visitOnly(long offset, long lengthBytes, Visitor visitor) {
    try {
      visit(offset, lengthBytes, visitor);
    } catch (IOException impossible) {
      throw new AssertionError("only the visitor reads, and it does not", impossible);
    }
  }

  private int indexOf(long offset) {
    int low = 0;
    int high = starts.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (starts[middle] <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  @Override
  public void read(long offset, MemorySegment target) throws IOException {
    checkRange(offset, target.byteSize());
    visit(
        offset,
        target.byteSize(),
        (leg, legOffset, length, at) -> {
          MemorySegment part = target.asSlice(at - offset, length);
          switch (leg) {
            case MappedTarget.Part present -> {
              checkPresent(present, legOffset, length, at);
              present.device().read(legOffset, part);
            }
            case MappedTarget.Zeros _ -> part.fill((byte) 0);
            case MappedTarget.Absent absent -> throw absent(absent.reason(), at);
          }
        });
  }

  private void checkPresent(MappedTarget.Part part, long legOffset, long length, long at)
      throws CorruptImageException {
    if (legOffset > part.device().sizeBytes() - length) {
      throw absent(part.device() + " ends before", at);
    }
  }

  private CorruptImageException absent(String reason, long at) {
    return new CorruptImageException(missing, -1, name + ", byte " + at, reason);
  }

  @Override
  public MemorySegment view(long offset, long lengthBytes) throws IOException {
    checkRange(offset, lengthBytes);
    if (lengthBytes > 0) {
      int i = indexOf(offset);
      MappedTarget.Place place = targets.get(i).place(offset - starts[i]);
      if (place.lengthBytes() >= lengthBytes && place.leg() instanceof MappedTarget.Part part) {
        checkPresent(part, place.offset(), lengthBytes, offset);
        return part.device().view(place.offset(), lengthBytes);
      }
    }
    MemorySegment copy = MemorySegment.ofArray(new byte[Math.toIntExact(lengthBytes)]);
    read(offset, copy);
    return copy.asReadOnly();
  }

  /** Exact for plain parts; a striped part counts as a whole. */
  @Override
  public List<ByteRange> dataRanges() throws IOException {
    IdentityHashMap<BlockDevice, List<ByteRange>> known = new IdentityHashMap<>();
    MergedRanges merged = new MergedRanges();
    for (int i = 0; i < starts.length; i++) {
      MappedTarget target = targets.get(i);
      if (target.legs().size() > 1) {
        merged.add(starts[i], target.lengthBytes());
      } else if (target.legs().getFirst() instanceof MappedTarget.Part part) {
        List<ByteRange> data = known.get(part.device());
        if (data == null) {
          data = part.device().dataRanges();
          known.put(part.device(), data);
        }
        merged.addShifted(data, part.offset(), target.lengthBytes(), starts[i]);
      }
      if (merged.size() > MAX_DATA_RANGES) {
        return List.of(new ByteRange(0, sizeBytes));
      }
    }
    return merged.toList();
  }

  @Override
  public void prefetch(List<ByteRange> ranges, Urgency urgency) {
    Map<BlockDevice, MergedRanges> byDevice = new LinkedHashMap<>();
    for (ByteRange range : ranges) {
      long length = Math.min(range.length(), sizeBytes - range.offset());
      visitOnly(
          range.offset(),
          Math.max(length, 0),
          (leg, legOffset, pieceBytes, _) -> {
            if (leg instanceof MappedTarget.Part part) {
              byDevice
                  .computeIfAbsent(part.device(), _ -> new MergedRanges())
                  .add(legOffset, pieceBytes);
            }
          });
    }
    byDevice.forEach((device, wanted) -> device.prefetch(wanted.toList(), urgency));
  }

  @Override
  public void places(long offset, long lengthBytes, Places sink) {
    visitOnly(
        offset,
        lengthBytes,
        (leg, legOffset, pieceBytes, at) -> {
          if (leg instanceof MappedTarget.Part part) {
            part.device().places(legOffset, pieceBytes, sink);
          } else {
            sink.add(this, at, pieceBytes);
          }
        });
  }

  @Override
  public long imageOffset(long offset) {
    if (offset < 0 || offset >= sizeBytes) {
      return -1;
    }
    int i = indexOf(offset);
    MappedTarget.Place place = targets.get(i).place(offset - starts[i]);
    return place.leg() instanceof MappedTarget.Part part
        ? part.device().imageOffset(place.offset())
        : -1;
  }

  @Override
  public String toString() {
    return name;
  }
}
