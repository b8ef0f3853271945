package io.amivet.scan;

import io.amivet.fs.FileContent;
import io.amivet.rule.Rule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Which contents of a volume are searched for tokens already. A snapshot and its origin, and copies
 * made by reference, have the same bytes at the same place: one search does for all of them. Bytes
 * are the same only if their place is; what an inode says of itself is no proof.
 */
final class SearchedContents {
  private final Map<FileContent, Supplier<List<Rule>>> rulesByContent = new HashMap<>();
  private long shared;

  /**
   * Whether these contents are still to be searched with some of these rules. Said once for the
   * same contents and rules.
   *
   * @param rules asked for only if the contents are met again
   */
  boolean needSearch(FileContent content, Supplier<List<Rule>> rules) {
    boolean stored =
        switch (content) {
          case FileContent.Inline _ -> false;
          case FileContent.Mapped mapped -> !mapped.extents().isEmpty();
          case FileContent.Encoded encoded -> !encoded.extents().isEmpty();
        };
    if (!stored) {
      return true;
    }
    Supplier<List<Rule>> searched = rulesByContent.get(content);
    if (searched != null && searched.get().containsAll(rules.get())) {
      shared++;
      return false;
    }
    rulesByContent.put(content, rules);
    return true;
  }

  /** How often contents were met that are searched under another name. */
  long shared() {
    return shared;
  }
}
