package io.amivet.cli;

import io.amivet.block.CorruptImageException;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FileType;
import java.io.IOException;

/** Reads where the symbolic links of a volume lead, and says which it cannot read. */
final class LinkTargets {
  private static final byte[] NONE = {};

  private final OpenVolume volume;
  private final Notes notes;

  LinkTargets(OpenVolume volume, Notes notes) {
    this.volume = volume;
    this.notes = notes;
  }

  /** The target; empty if the entry is no link or a damaged one. */
  byte[] of(FileEntry entry) throws IOException {
    if (entry.inode().type() != FileType.SYMLINK) {
      return NONE;
    }
    try {
      return volume.fs().symlinkTarget(entry.inode());
    } catch (CorruptImageException | UnsupportedFeatureException e) {
      notes.loss("cannot read " + TerminalText.escape(entry.path()) + ": " + e.getMessage());
      return NONE;
    }
  }
}
