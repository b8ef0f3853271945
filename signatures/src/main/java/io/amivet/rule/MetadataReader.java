package io.amivet.rule;

import io.amivet.rule.Rule.Condition;
import io.amivet.rule.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Reads a {@code metadata} condition, and what an example says of its inode. */
final class MetadataReader {
  private static final Set<String> KEYS =
      Set.of(
          "type",
          "modeAny",
          "modeAll",
          "modeNone",
          "uid",
          "!uid",
          "gid",
          "!gid",
          "target",
          "!target");

  private final RuleErrors errors;

  MetadataReader(RuleErrors errors) {
    this.errors = errors;
  }

  Optional<Condition> read(YamlNode node) {
    int before = errors.count();
    YamlMap map = YamlMap.of(node, KEYS, errors);
    Set<FileStatus.Type> types = types(map);
    if (map.keys().isEmpty()) {
      errors.add(map.place(), "metadata: no condition");
    }
    boolean targets = map.has("target") || map.has("!target");
    if (targets && !types.contains(FileStatus.Type.SYMLINK)) {
      errors.add(map.place(), "metadata: a target needs type symlink");
    }
    Condition.Metadata condition =
        new Condition.Metadata(
            types,
            mode(map, "modeAny"),
            mode(map, "modeAll"),
            mode(map, "modeNone"),
            ids(map, "uid"),
            ids(map, "!uid"),
            ids(map, "gid"),
            ids(map, "!gid"),
            PathPatterns.read(map, "target", errors),
            PathPatterns.read(map, "!target", errors));
    return errors.count() > before ? Optional.empty() : Optional.of(condition);
  }

  /** The inode of a sample: a file of mode 0644 that root owns, unless it says otherwise. */
  FileStatus status(YamlMap example) {
    FileStatus.Type type = example.has("type") ? type(example, "type") : FileStatus.Type.FILE;
    return FileStatus.of(
        type,
        example.has("mode") ? mode(example, "mode") : 0644,
        example.has("uid") ? ids(example, "uid").stream().findFirst().orElse(0L) : 0,
        example.has("gid") ? ids(example, "gid").stream().findFirst().orElse(0L) : 0,
        example.text("target").orElse(""));
  }

  private Set<FileStatus.Type> types(YamlMap map) {
    Set<FileStatus.Type> types = EnumSet.noneOf(FileStatus.Type.class);
    for (Scalar scalar : map.texts("type")) {
      type(scalar).ifPresent(types::add);
    }
    return types;
  }

  private FileStatus.Type type(YamlMap map, String key) {
    List<Scalar> scalars = map.texts(key);
    return scalars.size() == 1
        ? type(scalars.getFirst()).orElse(FileStatus.Type.FILE)
        : FileStatus.Type.FILE;
  }

  private Optional<FileStatus.Type> type(Scalar scalar) {
    Optional<FileStatus.Type> type = FileStatus.Type.ofLabel(scalar.text());
    if (type.isEmpty()) {
      errors.add(
          scalar.place(),
          "not a type (file, dir, symlink, char, block, fifo, socket): " + scalar.text());
    }
    return type;
  }

  /** Octal digits; 0 if the key is not there. */
  private int mode(YamlMap map, String key) {
    if (!map.has(key)) {
      return 0;
    }
    OptionalInt mode = octal(map.text(key).orElse(""));
    if (mode.isEmpty()) {
      errors.add(map.place(key), key + " is up to four octal digits: " + map.text(key).orElse(""));
    }
    return mode.orElse(0);
  }

  private static OptionalInt octal(String text) {
    return text.matches("[0-7]{1,5}") && Integer.parseInt(text, 8) <= 07777
        ? OptionalInt.of(Integer.parseInt(text, 8))
        : OptionalInt.empty();
  }

  private List<Long> ids(YamlMap map, String key) {
    List<Long> ids = new ArrayList<>();
    for (Scalar scalar : map.texts(key)) {
      OptionalLong id = id(scalar.text());
      if (id.isPresent()) {
        ids.add(id.getAsLong());
      } else {
        errors.add(scalar.place(), key + " is a number up to 4294967295: " + scalar.text());
      }
    }
    return ids;
  }

  private static OptionalLong id(String text) {
    return text.matches("[0-9]{1,10}") && Long.parseLong(text) <= 0xffff_ffffL
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }
}
