package io.amivet.artifact.startup;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.Fields;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Commands in scripts and configurations that run by themselves: cron tables, units, hooks. Kind
 * {@code suspicious-command} with the {@code reason}. The command itself is not shown, since it may
 * hold a secret; its line is.
 */
final class StartupCommandsParser implements ArtifactParser {
  private static final int MAX_FACTS = 100;
  private static final int MAX_LINES = 20_000;
  private static final int MAX_LOGICAL_CHARS = 8192;

  @Override
  public String name() {
    return "startup-commands";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    List<Artifact> facts = new ArrayList<>();
    StringBuilder logical = new StringBuilder();
    for (TextLines.Line line : TextLines.of(file)) {
      if (facts.size() == MAX_FACTS || line.number() > MAX_LINES || isBinary(line.text())) {
        break;
      }
      String text = line.text().strip();
      if (logical.isEmpty() && (text.startsWith("#") || text.startsWith(";"))) {
        continue;
      }
      boolean continues = text.endsWith("\\") && logical.length() < MAX_LOGICAL_CHARS;
      logical.append(continues ? text.substring(0, text.length() - 1) : text);
      if (!continues) {
        Optional<SuspiciousCommand> found = SuspiciousCommand.in(logical.toString());
        found.ifPresent(command -> facts.add(fact(command, line)));
        logical.setLength(0);
      }
    }
    return facts;
  }

  private static boolean isBinary(String text) {
    return text.indexOf('\0') >= 0;
  }

  private static Artifact fact(SuspiciousCommand command, TextLines.Line line) {
    return new Artifact(
        "suspicious-command",
        line.number(),
        line.offset(),
        Evidence.of(command.reason()),
        Fields.of("reason", command.reason()).and("line", Integer.toString(line.number())).map(),
        List.of());
  }
}
