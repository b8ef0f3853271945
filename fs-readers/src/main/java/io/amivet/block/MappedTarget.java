package io.amivet.block;

import java.util.List;
import java.util.Set;

/**
 * One stretch of a {@link MappedDevice}: a leg, or several that take turns chunk by chunk.
 *
 * @param lengthBytes of the stretch; all legs are equally long
 * @param chunkBytes how much lies on one leg before the next takes over
 */
public record MappedTarget(long lengthBytes, List<Leg> legs, long chunkBytes) {

  /** Where the bytes of a stretch, or a stripe of it, come from. */
  public sealed interface Leg permits Part, Zeros, Absent {

    /** Why parts of it cannot be read, one sentence each; empty if all of it is there. */
    default Set<String> absences(long lengthBytes) {
      return switch (this) {
        case Zeros _ -> Set.of();
        case Absent absent -> Set.of(absent.reason());
        case Part(MappedDevice device, long offset)
            when offset <= device.sizeBytes() - lengthBytes ->
            device.absences();
        case Part part -> {
          long lost = lengthBytes - presentBytes(lengthBytes);
          yield lost == 0 ? Set.of() : Set.of(lost + " bytes lie past the end of " + part.device());
        }
      };
    }

    /** How much of it is there, at most. */
    default long presentBytes(long lengthBytes) {
      return switch (this) {
        case Zeros _ -> lengthBytes;
        case Absent _ -> 0;
        case Part(MappedDevice device, _) when device.whollyAbsent() -> 0;
        case Part part -> Math.clamp(part.device().sizeBytes() - part.offset(), 0, lengthBytes);
      };
    }
  }

  /** Bytes of a device from an offset on, which may reach past its end. */
  public record Part(BlockDevice device, long offset) implements Leg {}

  /** Nothing but zeros. */
  public record Zeros() implements Leg {}

  /** Bytes that cannot be had. */
  public record Absent(String reason) implements Leg {}

  /** A place on a leg and how much follows there in one piece. */
  record Place(Leg leg, long offset, long lengthBytes) {}

  public MappedTarget {
    legs = List.copyOf(legs);
    boolean whole =
        lengthBytes > 0
            && !legs.isEmpty()
            && chunkBytes > 0
            && lengthBytes % legs.size() == 0
            && (legs.size() == 1 || lengthBytes / legs.size() % chunkBytes == 0);
    if (!whole) {
      throw new IllegalArgumentException(
          lengthBytes + " bytes on " + legs.size() + " legs in chunks of " + chunkBytes);
    }
  }

  /** A stretch on one leg. */
  public static MappedTarget linear(long lengthBytes, Leg leg) {
    return new MappedTarget(lengthBytes, List.of(leg), lengthBytes);
  }

  long legBytes() {
    return lengthBytes / legs.size();
  }

  Place place(long offset) {
    if (legs.size() == 1) {
      return place(legs.getFirst(), offset, lengthBytes - offset);
    }
    long chunk = offset / chunkBytes;
    long inChunk = offset % chunkBytes;
    Leg leg = legs.get((int) (chunk % legs.size()));
    return place(leg, chunk / legs.size() * chunkBytes + inChunk, chunkBytes - inChunk);
  }

  private static Place place(Leg leg, long offset, long lengthBytes) {
    long start = leg instanceof Part part ? part.offset() : 0;
    return new Place(leg, start + offset, lengthBytes);
  }
}
