package io.amivet.xfs;

import io.amivet.block.StructView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What transactions announced and none of the log carried out ({@code xfs_bui_log_format}, {@code
 * xfs_attri_log_format}, {@code xfs_xmi_log_format} and their done items). The kernel finishes that
 * after the replay. Only the kinds that change what a file shows are kept: extents still to be
 * freed and counts still to be updated concern free space alone.
 */
final class OpenIntents {
  /** Enough to know that there are some; one log has a few. */
  private static final int MAX_KEPT = 100_000;

  private static final int ID_OFFSET = 8;

  private final Set<Long> maps = new HashSet<>();
  private final Set<Long> attributes = new HashSet<>();
  private final Set<Long> exchanges = new HashSet<>();

  /** Takes note of an item of any kind, in the order of the log. */
  void note(LogItem item) {
    switch (item.type()) {
      case LogItemType.MAP_UPDATE -> open(maps, item);
      case LogItemType.MAP_UPDATE_DONE -> maps.remove(id(item));
      case LogItemType.ATTRIBUTE -> open(attributes, item);
      case LogItemType.ATTRIBUTE_DONE -> attributes.remove(id(item));
      case LogItemType.EXCHANGE -> open(exchanges, item);
      case LogItemType.EXCHANGE_DONE -> exchanges.remove(id(item));
      default -> {}
    }
  }

  private static void open(Set<Long> kind, LogItem item) {
    if (kind.size() < MAX_KEPT) {
      kind.add(id(item));
    }
  }

  private static long id(LogItem item) {
    StructView format = item.region(0);
    return format.holds(ID_OFFSET, Long.BYTES) ? format.u64le(ID_OFFSET) : 0;
  }

  /** Names the kinds of changes to files that are left unfinished; empty if none is. */
  String changesOfFiles() {
    List<String> kinds = new ArrayList<>();
    if (!maps.isEmpty()) {
      kinds.add("changes of block maps");
    }
    if (!attributes.isEmpty()) {
      kinds.add("changes of attributes");
    }
    if (!exchanges.isEmpty()) {
      kinds.add("exchanges of contents");
    }
    return String.join(" and ", kinds);
  }
}
