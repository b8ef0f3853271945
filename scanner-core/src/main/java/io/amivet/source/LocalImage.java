package io.amivet.source;

import io.amivet.block.BlockDevice;
import java.util.Optional;

/** A disk image in a local file. */
public sealed interface LocalImage extends BlockDevice permits RawImage, SpooledImage {

  /** Why the device lacks a part of the image, in one sentence; empty if it is whole. */
  Optional<String> incomplete();
}
