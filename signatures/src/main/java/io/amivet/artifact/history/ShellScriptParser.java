package io.amivet.artifact.history;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.Secret;
import io.amivet.artifact.TextLines;
import io.amivet.artifact.history.HistoryFormat.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Secrets in the commands of a shell script or a crontab(5). {@code script-secret}: field {@code
 * shape}, how the command was given it. A file that is neither text nor a script holds none.
 */
final class ShellScriptParser implements ArtifactParser {
  private static final int MAX_SECRETS = 100;
  private static final int PROBE_BYTES = 1024;

  private static final Pattern SCHEDULE =
      Pattern.compile(
          "^\\s*(?:@[a-z]{4,10}|(?:[0-9A-Za-z*/,-]{1,40}\\s+){4}[0-9A-Za-z*/,-]{1,40})\\s+");

  /** An interpreter that is no shell: its lines are not commands. */
  private static final Pattern OTHER_INTERPRETER =
      Pattern.compile(
          "#!\\s*\\S+(?:\\s+-S)?(?:\\s+\\S*)?\\b(?:python|perl|ruby|node|php|lua)[0-9.]*\\b.*");

  @Override
  public String name() {
    return "shell-script";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    if (!isScript(file)) {
      return List.of();
    }
    boolean crontab = file.path().contains("/cron");
    CommandSecrets recogniser = new CommandSecrets(Dialect.SHELL);
    Set<Secret> seen = new HashSet<>();
    List<Artifact> facts = new ArrayList<>();
    for (TextLines.Line line : TextLines.of(file)) {
      String text = crontab ? SCHEDULE.matcher(line.text()).replaceFirst("") : line.text();
      if (text.stripLeading().startsWith("#") || facts.size() == MAX_SECRETS) {
        continue;
      }
      for (CommandSecret typed : recogniser.find(text)) {
        if (seen.add(typed.secret())) {
          facts.add(artifact(line, typed));
        }
      }
    }
    return facts;
  }

  private static boolean isScript(ArtifactFile file) {
    byte[] bytes = file.bytes();
    for (int i = 0; i < Math.min(bytes.length, PROBE_BYTES); i++) {
      if (bytes[i] == 0) {
        return false;
      }
    }
    String text = file.latin1();
    boolean named =
        file.path().matches("(?i).*(?:\\.(?:sh|bash|zsh|ksh|command)|/cron[^/]*/.*|/crontab)");
    int end = text.indexOf('\n');
    String first = end < 0 ? text : text.substring(0, end);
    return (named || first.startsWith("#!")) && !OTHER_INTERPRETER.matcher(first).matches();
  }

  private static Artifact artifact(TextLines.Line line, CommandSecret typed) {
    String secret = new String(typed.secret().reveal(), StandardCharsets.ISO_8859_1);
    int column = Math.max(0, line.text().indexOf(secret));
    return new Artifact(
        "script-secret",
        line.number(),
        line.offset() + column,
        typed.evidence(),
        Map.of("shape", typed.shape()),
        List.of(typed.secret()));
  }
}
