package io.amivet.plan;

import io.amivet.artifact.ImageView;
import io.amivet.block.ByteRange;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileEntry;
import io.amivet.rule.Rule;
import java.util.List;

/**
 * One file that will be read, once, for all its rules.
 *
 * @param mountedPath Latin-1 path on the running system, which rules match
 * @param rules rules that name the file by path; may be empty
 * @param tokens whether its contents go through the match engine
 * @param position where it starts on its volume, for ordering; 0 for contents inside the inode
 */
public record PlannedFile(
    FileEntry entry,
    String mountedPath,
    FileContent content,
    List<Rule> rules,
    boolean tokens,
    long position) {
  public PlannedFile {
    rules = List.copyOf(rules);
  }

  /** The same file for parsers alone, those of some of its rules. */
  public PlannedFile parsedOnly(List<Rule> some) {
    return new PlannedFile(entry, mountedPath, content, some, false, position);
  }

  /** How much of it is read: all for tokens, else no more than parsers are given. */
  private long readBytes() {
    long sizeBytes = content.sizeBytes();
    return tokens ? sizeBytes : Math.min(sizeBytes, ImageView.MAX_FILE_BYTES);
  }

  /** Where the bytes that are read lie on the volume; holes and unwritten extents cost nothing. */
  List<ByteRange> ranges() {
    return content.storedRanges(0, readBytes());
  }

  /** Bytes on disk that reading it costs. */
  public long diskBytes() {
    return switch (content) {
      case FileContent.Inline inline -> inline.sizeBytes();
      case FileContent.Mapped _ -> bytes(ranges());
      // What lies elsewhere than on the volume costs its own size.
      case FileContent.Encoded encoded ->
          ranges().isEmpty() ? Math.min(encoded.writtenBytes(), readBytes()) : bytes(ranges());
    };
  }

  private static long bytes(List<ByteRange> ranges) {
    return ranges.stream().mapToLong(ByteRange::length).sum();
  }
}
