package io.amivet.fs;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;
import java.io.IOException;

/** A file system format that amivet reads: recognises a volume and opens it. */
public interface FileSystemFormat {

  /** Short name of the family: {@code ext}, {@code xfs}. */
  String name();

  /**
   * Whether the volume carries this format's signature. Reads a few sectors; a volume too short to
   * hold the signature is simply not this format.
   */
  boolean probe(BlockDevice volume) throws IOException;

  /**
   * Opens a volume that {@link #probe} accepted. The view never closes {@code volume}.
   *
   * @param anomalies receives what is wrong but survived, now and during later reads
   * @param journal what to make of changes that only the journal holds
   * @throws io.amivet.block.CorruptImageException if nothing can be read
   * @throws io.amivet.block.UnsupportedFeatureException if a feature forbids reading it
   */
  FileSystemView open(BlockDevice volume, AnomalyLog anomalies, JournalMode journal)
      throws IOException;

  /** Opens a volume as the kernel would show it, with its journal replayed. */
  default FileSystemView open(BlockDevice volume, AnomalyLog anomalies) throws IOException {
    return open(volume, anomalies, JournalMode.REPLAY);
  }
}
