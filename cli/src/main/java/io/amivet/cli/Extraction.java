package io.amivet.cli;

import io.amivet.block.CorruptImageException;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileTree;
import io.amivet.fs.FsPath;
import io.amivet.fs.TreeWalk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Copies files of one volume into a {@link TargetFolder}: directories and files first, symbolic
 * links when all else is there, so that nothing is ever written through one, and modes and times of
 * directories last.
 *
 * <p>Files are made anew or not at all. Holes stay holes. Set-user-id, set-group-id and sticky bits
 * are dropped, owners are not kept, device nodes, fifos and sockets are not made.
 */
final class Extraction {
  private static final Set<StandardOpenOption> NEW_SPARSE_FILE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE);

  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final OpenVolume volume;
  private final TargetFolder folder;
  private final ByteBudget budget;
  private final Notes notes;
  private final Counters counters;
  private final ContentPieces pieces = new ContentPieces();
  private final List<FileEntry> symlinks = new ArrayList<>();
  private final Map<FsPath, FileEntry> directories = new HashMap<>();
  private final Map<Long, Path> hardLinked = new HashMap<>();
  private long special;

  Extraction(
      OpenVolume volume, TargetFolder folder, ByteBudget budget, Notes notes, Counters counters) {
    this.volume = volume;
    this.folder = folder;
    this.budget = budget;
    this.notes = notes;
    this.counters = counters;
  }

  /** Copies an entry and all below it; {@link #finish} completes the work. */
  void copy(FileEntry start) throws IOException {
    if (!start.inode().isDirectory()) {
      copyOne(start);
      return;
    }
    FileTree tree = TreeWalk.walk(volume.fs(), start, volume.anomalies());
    if (!tree.complete()) {
      notes.loss("not everything below " + TerminalText.escape(start.path()) + " can be read");
    }
    for (FileEntry entry : tree.entries()) {
      copyOne(entry);
    }
  }

  private void copyOne(FileEntry entry) throws IOException {
    attempt(
        entry.path(),
        () -> {
          switch (entry.inode().type()) {
            case DIRECTORY -> {
              budget.charge(0);
              folder.directory(entry.path());
              directories.put(entry.path(), entry);
            }
            case REGULAR -> file(entry);
            case SYMLINK -> symlinks.add(entry);
            default -> special++;
          }
        });
  }

  /** One step that may fail for its own reasons without harm to the others. */
  private interface Step {
    void run() throws IOException;
  }

  private void attempt(FsPath path, Step step) throws IOException {
    String shown = TerminalText.escape(path);
    try {
      step.run();
    } catch (FileAlreadyExistsException e) {
      notes.loss("not extracted, since something of that name exists: " + shown);
    } catch (FileSystemException e) {
      notes.loss("not extracted: " + shown + ": " + e.getReason());
    } catch (CorruptImageException | UnsupportedFeatureException | RefusedException e) {
      notes.loss("not extracted: " + shown + ": " + e.getMessage());
    }
  }

  private void file(FileEntry entry) throws IOException {
    FileSystemView fs = volume.fs();
    if (entry.inode().encrypted()) {
      throw new RefusedException("its contents are encrypted");
    }
    Path place = folder.place(entry.path());
    Path sameInode = hardLinked.get(entry.inode().number());
    if (sameInode != null) {
      budget.charge(0);
      Files.createLink(place, sameInode);
      return;
    }
    FileContent content = fs.content(entry.inode());
    budget.charge(content.writtenBytes());
    SeekableByteChannel created = Files.newByteChannel(place, NEW_SPARSE_FILE, PRIVATE);
    try (SeekableByteChannel out = created) {
      write(fs, content, out);
    } catch (IOException e) {
      // Half a file must not pass for a whole one. It is ours: what existed before failed above.
      Files.deleteIfExists(place);
      throw e;
    }
    HostAttributes.apply(place, entry.inode());
    counters.addFile();
    if (entry.inode().linkCount() > 1) {
      hardLinked.put(entry.inode().number(), place);
    }
  }

  private void write(FileSystemView fs, FileContent content, SeekableByteChannel out)
      throws IOException {
    pieces.written(
        fs,
        content,
        (position, buffer, length) -> {
          put(out, position, ByteBuffer.wrap(buffer, 0, length));
          counters.addBytes(length);
        });
    if (out.size() < content.sizeBytes()) {
      // A file cannot be made longer otherwise; costs one block of the hole at its end.
      put(out, content.sizeBytes() - 1, ByteBuffer.wrap(new byte[1]));
    }
  }

  private static void put(SeekableByteChannel out, long position, ByteBuffer piece)
      throws RefusedException {
    try {
      out.position(position);
      while (piece.hasRemaining()) {
        out.write(piece);
      }
    } catch (IOException e) {
      throw new RefusedException("cannot write: " + e.getMessage());
    }
  }

  /** Makes the symbolic links, then gives directories their modes and times. */
  void finish() throws IOException {
    for (FileEntry link : symlinks) {
      attempt(link.path(), () -> symlink(link));
    }
    for (FsPath path : folder.created().reversed()) {
      FileEntry entry = directories.get(path);
      if (entry != null) {
        attempt(path, () -> HostAttributes.apply(folder.directory(path), entry.inode()));
      }
    }
    if (special > 0) {
      notes.info("device nodes, fifos and sockets are not extracted: " + special);
    }
  }

  private void symlink(FileEntry entry) throws IOException {
    byte[] target = volume.fs().symlinkTarget(entry.inode());
    budget.charge(0);
    Path place = folder.place(entry.path());
    Files.createSymbolicLink(place, HostAttributes.linkTarget(place, target));
  }
}
