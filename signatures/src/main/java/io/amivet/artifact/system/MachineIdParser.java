package io.amivet.artifact.system;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.Secret;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The machine id (machine-id(5)): 32 lower-case hex digits and a newline. An empty file and the
 * word {@code uninitialized} are how an image should ship. The man page asks to keep the id
 * confidential, so it is not shown.
 */
final class MachineIdParser implements ArtifactParser {
  private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{32}");

  @Override
  public String name() {
    return "machine-id";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    if (file.bytes().length > 64) {
      return List.of();
    }
    String text = file.latin1().strip();
    boolean set = ID.matcher(text).matches() && !text.chars().allMatch(c -> c == '0');
    return set
        ? List.of(
            new Artifact(
                "machine-id",
                1,
                0,
                Evidence.of("machine id ").plus(Secret.ofLatin1(text)),
                Map.of(),
                List.of(Secret.ofLatin1(text))))
        : List.of();
  }
}
