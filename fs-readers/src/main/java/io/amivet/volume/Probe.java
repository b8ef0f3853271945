package io.amivet.volume;

import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.StructView;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Looks at places of a volume that may not exist: what lies past its end is absent, no error. */
final class Probe {
  private final BlockDevice volume;

  Probe(BlockDevice volume) {
    this.volume = volume;
  }

  long sizeBytes() {
    return volume.sizeBytes();
  }

  /** The bytes there, or empty if the volume or the image ends before. */
  Optional<StructView> at(String structName, long offset, int lengthBytes) throws IOException {
    if (offset < 0 || offset > volume.sizeBytes() - lengthBytes) {
      return Optional.empty();
    }
    try {
      return Optional.of(volume.struct(structName, offset, lengthBytes));
    } catch (CorruptImageException cutOff) {
      return Optional.empty();
    }
  }

  /** The bytes there if they carry {@code magic} at {@code magicAt} from their start. */
  Optional<StructView> at(
      String structName, long offset, int lengthBytes, int magicAt, byte[] magic)
      throws IOException {
    return at(structName, offset, lengthBytes)
        .filter(view -> Arrays.equals(view.bytes(magicAt, magic.length), magic));
  }
}
