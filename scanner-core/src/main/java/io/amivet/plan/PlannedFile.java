package io.amivet.plan;

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

  /** Bytes on disk that reading it costs: holes and unwritten extents cost nothing. */
  public long diskBytes() {
    return switch (content) {
      case FileContent.Inline inline -> inline.sizeBytes();
      case FileContent.Mapped mapped -> {
        long sum = 0;
        for (var extent : mapped.extents()) {
          if (!extent.unwritten()) {
            sum += Math.min(extent.lengthBytes(), mapped.sizeBytes() - extent.fileOffset());
          }
        }
        yield Math.max(0, sum);
      }
    };
  }
}
