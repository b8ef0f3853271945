package io.amivet.cli;

import io.amivet.block.CorruptImageException;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.fs.DirectoryEntry;
import io.amivet.fs.DirectoryListing;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FsPath;
import io.amivet.fs.TreeWalk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists what lies at a path on some volumes. */
final class ImageListing {
  private static final byte[] NONE = {};

  /** Batches of a walk that may wait to be written. */
  private static final int BATCHES_AHEAD = 8;

  /** Enough to hash in the order of the disk, few enough to keep in memory. */
  private static final int HASHED_TOGETHER = 1 << 16;

  private final boolean recursive;
  private final boolean withSha256;
  private final ListingWriter writer;
  private final Notes notes;
  private final Counters counters;

  /** For the volume being listed. */
  private @Nullable FileDigests digests;

  ImageListing(
      boolean recursive, boolean withSha256, ListingWriter writer, Notes notes, Counters counters) {
    this.recursive = recursive;
    this.withSha256 = withSha256;
    this.writer = writer;
    this.notes = notes;
    this.counters = counters;
  }

  /**
   * Lists {@code path} on each volume that has it.
   *
   * @throws CommandFailure if none has
   */
  void list(List<OpenVolume> volumes, ImagePath path) throws IOException {
    boolean found = false;
    for (OpenVolume volume : volumes) {
      try {
        Optional<ImagePath.Located> located = path.in(volume, false);
        if (located.isPresent()) {
          found = true;
          list(volume, located.get().entry());
        }
      } catch (CorruptImageException | UnsupportedFeatureException e) {
        found = true;
        notes.loss("volume " + volume.index() + ": " + e.getMessage());
      }
    }
    writer.finish();
    if (!found) {
      throw path.notFound();
    }
  }

  private void list(OpenVolume volume, FileEntry start) throws IOException {
    writer.volume(volume);
    digests = withSha256 ? new FileDigests(volume.fs(), notes, counters) : null;
    if (!start.inode().isDirectory()) {
      write(volume, List.of(start));
    } else if (recursive) {
      listAll(volume, start);
    } else {
      write(volume, children(volume, start));
    }
    notes.anomalies(volume.index(), volume.anomalies());
  }

  /** Writes while another thread walks. */
  private void listAll(OpenVolume volume, FileEntry start) throws IOException {
    List<FileEntry> waiting = new ArrayList<>();
    try (ReadAhead<List<FileEntry>> walk =
        new ReadAhead<>(BATCHES_AHEAD, sink -> walk(volume, start, sink))) {
      for (List<FileEntry> some = walk.next(); some != null; some = walk.next()) {
        if (!withSha256) {
          write(volume, some);
          if (!walk.isReady()) {
            // A reader sees what there is while the walk goes on.
            writer.finish();
          }
          continue;
        }
        waiting.addAll(some);
        if (waiting.size() >= HASHED_TOGETHER) {
          write(volume, waiting);
          waiting.clear();
        }
      }
    }
    write(volume, waiting);
  }

  private void walk(OpenVolume volume, FileEntry start, ReadAhead.Sink<List<FileEntry>> sink)
      throws IOException {
    if (!TreeWalk.walk(volume.fs(), start, volume.anomalies(), sink::put).complete()) {
      notes.loss("volume " + volume.index() + ": not everything could be listed");
    }
  }

  private void write(OpenVolume volume, List<FileEntry> entries) throws IOException {
    byte[][] hashed = digests == null ? new byte[0][] : digests.of(entries);
    LinkTargets targets = new LinkTargets(volume, notes);
    for (int i = 0; i < entries.size(); i++) {
      FileEntry entry = entries.get(i);
      byte[] sha256 = digests == null ? NONE : hashed[i];
      writer.line(new ListingWriter.Line(volume.index(), entry, targets.of(entry), sha256));
    }
  }

  private List<FileEntry> children(OpenVolume volume, FileEntry directory) throws IOException {
    List<FileEntry> children = new ArrayList<>();
    DirectoryListing names = volume.fs().directory(directory.inode());
    if (!names.complete()) {
      notes.loss("not all names in " + TerminalText.escape(directory.path()) + " can be read");
    }
    for (DirectoryEntry name : names.entries()) {
      FsPath path = directory.path().resolve(name.name());
      try {
        children.add(new FileEntry(path, volume.fs().inode(name.inodeNumber())));
      } catch (CorruptImageException | UnsupportedFeatureException e) {
        notes.loss("cannot read " + TerminalText.escape(path) + ": " + e.getMessage());
      }
    }
    children.sort(Comparator.comparing(FileEntry::path));
    return children;
  }
}
