package io.amivet.cli;

import io.amivet.block.CorruptImageException;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FsPath;
import io.amivet.fs.PathLookup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A PATH from the command line. It is taken literally first; if nothing is called so, {@code \xNN}
 * stands for a byte, so that a name can be typed the way {@code ls} shows it.
 */
final class ImagePath {
  private static final Pattern ESCAPED_BYTE = Pattern.compile("\\\\x([0-9a-fA-F]{2})");

  private final String text;
  private final List<FsPath> candidates;

  ImagePath(String text) {
    this.text = text;
    FsPath literal = FsPath.of(text);
    candidates = text.contains("\\x") ? List.of(literal, unescaped(text)) : List.of(literal);
  }

  /** A volume and the entry that the path leads to in it. */
  record Located(OpenVolume volume, FileEntry entry) {}

  /** The entry in one volume; empty if the volume has none. */
  Optional<Located> in(OpenVolume volume, boolean follow) throws IOException {
    PathLookup lookup = new PathLookup(volume.fs());
    for (FsPath path : candidates) {
      Optional<FileEntry> entry = follow ? lookup.findFollowing(path) : lookup.find(path);
      if (entry.isPresent()) {
        return Optional.of(new Located(volume, entry.get()));
      }
    }
    return Optional.empty();
  }

  /**
   * The entry in the first volume that has it. Says so if others have it too.
   *
   * @throws CommandFailure if no volume has it
   */
  Located inFirstOf(List<OpenVolume> volumes, boolean follow, Notes notes) throws IOException {
    List<Located> found = new ArrayList<>();
    IOException damage = null;
    for (OpenVolume volume : volumes) {
      try {
        in(volume, follow).ifPresent(found::add);
      } catch (CorruptImageException | UnsupportedFeatureException e) {
        damage = e;
        notes.info("volume " + volume.index() + ": " + e.getMessage());
      }
    }
    if (found.isEmpty()) {
      throw notFound(damage);
    }
    if (found.size() > 1) {
      List<Integer> indexes = found.stream().map(each -> each.volume().index()).toList();
      notes.info(
          String.format(
              Locale.ROOT,
              "%s is on volumes %s; taking volume %d (--volume N chooses)",
              text,
              indexes,
              indexes.getFirst()));
    }
    return found.getFirst();
  }

  private IOException notFound(@Nullable IOException damage) {
    return damage != null ? damage : notFound();
  }

  CommandFailure notFound() {
    return new CommandFailure(ExitCode.USAGE, "no such path in the image: " + text);
  }

  private static FsPath unescaped(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Matcher matcher = ESCAPED_BYTE.matcher(text);
    int from = 0;
    while (matcher.find()) {
      bytes.writeBytes(text.substring(from, matcher.start()).getBytes(StandardCharsets.UTF_8));
      bytes.write(HexFormat.fromHexDigits(matcher.group(1)));
      from = matcher.end();
    }
    bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
    FsPath path = FsPath.ROOT;
    // Latin-1 keeps each byte as one char.
    for (String name : bytes.toString(StandardCharsets.ISO_8859_1).split("/")) {
      if (!name.isEmpty()) {
        path = path.resolve(name.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return path;
  }
}
