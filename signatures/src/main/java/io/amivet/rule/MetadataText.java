package io.amivet.rule;

import io.amivet.rule.Rule.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a condition over metadata asks for, in words. */
public final class MetadataText {
  private MetadataText() {}

  /** As the rest of a sentence that begins "the path names". */
  public static String of(Condition.Metadata metadata) {
    List<String> parts = new ArrayList<>();
    parts.add(
        metadata.types().isEmpty()
            ? "something of any type"
            : "a "
                + metadata.types().stream()
                    .map(FileStatus.Type::label)
                    .sorted()
                    .collect(Collectors.joining(" or ")));
    addMode(parts, "one of the mode bits %04o is set", metadata.modeAny());
    addMode(parts, "the mode bits %04o are all set", metadata.modeAll());
    addMode(parts, "none of the mode bits %04o is set", metadata.modeNone());
    addList(parts, "the owner is one of ", metadata.uids());
    addList(parts, "the owner is none of ", metadata.refusedUids());
    addList(parts, "the group is one of ", metadata.gids());
    addList(parts, "the group is none of ", metadata.refusedGids());
    addList(parts, "it leads to ", metadata.targets().stream().map(PathPattern::glob).toList());
    addList(
        parts,
        "it does not lead to ",
        metadata.refusedTargets().stream().map(PathPattern::glob).toList());
    return String.join(", ", parts);
  }

  private static void addMode(List<String> parts, String text, int mode) {
    if (mode != 0) {
      parts.add(String.format(Locale.ROOT, text, mode));
    }
  }

  private static void addList(List<String> parts, String text, List<?> values) {
    if (!values.isEmpty()) {
      parts.add(
          text + values.stream().map(value -> "`" + value + "`").collect(Collectors.joining(", ")));
    }
  }
}
