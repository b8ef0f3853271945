package io.amivet.artifact.system;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.Fields;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.TextLines;
import java.util.ArrayList;
import java.util.List;

/**
 * Libraries that {@code /etc/ld.so.preload} puts into every process (ld.so(8)): separated by blanks
 * or colons, with {@code #} comments to the end of the line.
 */
final class LdSoPreloadParser implements ArtifactParser {
  private static final int MAX_ENTRIES = 200;

  @Override
  public String name() {
    return "ld-so-preload";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    List<Artifact> artifacts = new ArrayList<>();
    for (TextLines.Line line : TextLines.of(file)) {
      int comment = line.text().indexOf('#');
      String entries = comment < 0 ? line.text() : line.text().substring(0, comment);
      for (String library : entries.split("[\\s:\\x00]+")) {
        if (!library.isEmpty() && artifacts.size() < MAX_ENTRIES) {
          artifacts.add(fact(library, line, image));
        }
      }
    }
    return artifacts;
  }

  private static Artifact fact(String library, TextLines.Line line, ImageView image) {
    // A name without a slash is searched for in the library path, so it is not looked up here.
    String present =
        library.startsWith("/") ? (image.read(library).isPresent() ? "yes" : "no") : "";
    return new Artifact(
        "preloaded-library",
        line.number(),
        line.offset(),
        Evidence.of(library),
        Fields.of("library", library).and("present", present).map(),
        List.of());
  }
}
