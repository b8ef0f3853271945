package io.amivet.fuzz;

import io.amivet.block.BlockDevice;
import io.amivet.testdata.TestImages;
import io.amivet.testing.MappedImage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;

/** A test image as its tool made it, and the places in it that are worth an edit. */
public final class SoundImage {
  /** Every structure of every format begins at a multiple of this. */
  static final int PLACE_BYTES = 512;

  private final BlockDevice device;
  private final long[] places;

  private SoundImage(BlockDevice device, long[] places) {
    this.device = device;
    this.places = places;
  }

  /** Unpacks the image into {@code folder}. */
  public static SoundImage load(String name, Path folder) throws IOException {
    BlockDevice device = new MappedImage(TestImages.unpack(name, folder));
    long[] places = new long[(int) (device.sizeBytes() / PLACE_BYTES)];
    int count = 0;
    for (long at = 0; at + PLACE_BYTES <= device.sizeBytes(); at += PLACE_BYTES) {
      if (isStructure(device.view(at, PLACE_BYTES))) {
        places[count++] = at;
      }
    }
    return new SoundImage(device, Arrays.copyOf(places, count));
  }

  /** Neither zeros nor the text that fills the files of test images. */
  private static boolean isStructure(MemorySegment place) {
    boolean zero = true;
    boolean text = true;
    for (byte b : place.toArray(ValueLayout.JAVA_BYTE)) {
      zero &= b == 0;
      text &= b == '\n' || (b >= ' ' && b < 0x7f);
    }
    return !zero && !text;
  }

  BlockDevice device() {
    return device;
  }

  long place(short index) {
    return places[(index & 0xffff) % places.length];
  }
}
