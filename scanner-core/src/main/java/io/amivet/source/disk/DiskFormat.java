package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import java.io.IOException;

/** A format of disk images: recognises a file by its contents and lays the disk in it open. */
interface DiskFormat {

  /** What {@code qemu-img} calls it, or its usual name: {@code qcow2}. */
  String label();

  /** Whether the file carries the signature of this format; one too short is not of it. */
  boolean probe(BlockDevice file) throws IOException;

  /**
   * Opens a file that {@link #probe} accepted.
   *
   * @param siblings the files beside it
   * @throws io.amivet.block.CorruptImageException if the header makes no sense
   * @throws io.amivet.block.UnsupportedFeatureException if the disk cannot be had from this file
   */
  VirtualDisk open(BlockDevice file, Siblings siblings) throws IOException;
}
