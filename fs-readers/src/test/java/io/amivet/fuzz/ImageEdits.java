package io.amivet.fuzz;

import io.amivet.block.BlockDevice;
import io.amivet.block.OverlayDevice;
import io.amivet.block.Patch;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns arbitrary bytes into edits of a sound image: writes, zeros, flipped bits, extreme numbers
 * and copies of one place over another, all in places that hold something. What a fuzzer or a
 * random generator makes up thus reaches deep into the structures instead of failing at the first
 * magic number.
 *
 * <p>Each edit is {@code op:1 place:2 at:2} and what the operation takes; input that ends early
 * ends the edits.
 */
public final class ImageEdits {
  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    0xffff_ffffL,
    0xffffL,
    0x7fffL,
    0x8000L,
    0x10_0000L
  };

  private final SoundImage image;
  private final Map<Long, byte[]> edited = new TreeMap<>();

  private ImageEdits(SoundImage image) {
    this.image = image;
  }

  /** The image with the edits that {@code input} describes, at most some hundred. */
  public static BlockDevice apply(SoundImage image, ByteBuffer input) throws IOException {
    ImageEdits edits = new ImageEdits(image);
    while (input.remaining() >= 6) {
      edits.one(input);
    }
    List<Patch> patches = new ArrayList<>();
    edits.edited.forEach((offset, bytes) -> patches.add(Patch.of(offset, bytes)));
    return new OverlayDevice(image.device(), patches, "edits");
  }

  private void one(ByteBuffer input) throws IOException {
    int operation = input.get() & 0x7;
    byte[] place = place(input.getShort());
    int at = (input.getShort() & 0xffff) % place.length;
    int argument = input.get() & 0xff;
    switch (operation) {
      case 0 -> place[at] = (byte) argument;
      case 1 -> place[at] ^= (byte) (1 << (argument & 7));
      case 2 -> zero(place, at, argument);
      case 3 -> put(place, at, ByteBuffer.allocate(8).putLong(extreme(argument)).array());
      case 4 -> put(place, at, littleEndian(extreme(argument)));
      case 5 -> copy(input, place, 0, place.length);
      case 6 -> copy(input, place, at, Math.min(argument, place.length - at));
      default -> payload(input, place, at, argument & 0xf);
    }
  }

  private static long extreme(int argument) {
    long value = EXTREMES[(argument & 0xf) % EXTREMES.length];
    return value + ((argument >> 4) & 0x3) - 1;
  }

  private static byte[] littleEndian(long value) {
    return ByteBuffer.allocate(8).putLong(Long.reverseBytes(value)).array();
  }

  private static void zero(byte[] place, int at, int lengthBytes) {
    for (int i = at; i < Math.min(place.length, at + lengthBytes); i++) {
      place[i] = 0;
    }
  }

  /** Puts a number of 2, 4 or 8 bytes where one of that width is likely to be. */
  private static void put(byte[] place, int at, byte[] number) {
    int width = 2 << (at % 3);
    int aligned = at / width * width;
    System.arraycopy(number, number.length - width, place, aligned, width);
  }

  private void copy(ByteBuffer input, byte[] place, int at, int lengthBytes) throws IOException {
    if (input.remaining() >= 2) {
      byte[] source = new byte[place.length];
      image.device().read(image.place(input.getShort()), MemorySegment.ofArray(source));
      System.arraycopy(source, at, place, at, lengthBytes);
    }
  }

  private static void payload(ByteBuffer input, byte[] place, int at, int lengthBytes) {
    int length = Math.min(Math.min(lengthBytes, input.remaining()), place.length - at);
    input.get(place, at, length);
  }

  private byte[] place(short index) throws IOException {
    long offset = image.place(index);
    byte[] known = edited.get(offset);
    if (known == null) {
      known = new byte[SoundImage.PLACE_BYTES];
      image.device().read(offset, MemorySegment.ofArray(known));
      edited.put(offset, known);
    }
    return known;
  }
}
