package io.amivet.artifact.account;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.Fields;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who may become root without a password, and which defaults weaken sudo (sudoers(5)). Reads user
 * specifications of one principal and {@code Defaults}; aliases are shown under their names.
 */
final class SudoersParser implements ArtifactParser {
  private static final int MAX_LOGICAL_LINE = 16 << 10;

  private static final Pattern SPECIFICATION =
      Pattern.compile(
          "(?<who>(?:\\\\.|[^\\s=\\\\])+)\\s+(?<host>[^\\s=]+)\\s*=\\s*(?<commands>.+)");

  private static final Pattern NOPASSWD_ALL =
      Pattern.compile("NOPASSWD\\s*:\\s*(?:[A-Z_]+\\s*:\\s*)*ALL\\s*(?:,.*)?$");

  private static final Pattern WEAK_DEFAULT =
      Pattern.compile(
          "!\\s*authenticate\\b|!\\s*env_reset\\b|timestamp_timeout\\s*=\\s*-"
              + "|env_keep\\s*\\+?=\\s*\"?[^\"]*\\b(?:LD_PRELOAD|LD_LIBRARY_PATH|PYTHONPATH|PERL5LIB)\\b");

  @Override
  public String name() {
    return "sudoers";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    List<Artifact> artifacts = new ArrayList<>();
    StringBuilder logical = new StringBuilder();
    for (TextLines.Line line : TextLines.of(file)) {
      String text = line.text();
      boolean continues = text.endsWith("\\");
      logical.append(continues ? text.substring(0, text.length() - 1) : text);
      if (!continues || logical.length() > MAX_LOGICAL_LINE) {
        read(logical.toString().strip(), line, artifacts);
        logical.setLength(0);
      }
    }
    return artifacts;
  }

  private static void read(String text, TextLines.Line line, List<Artifact> artifacts) {
    String statement = withoutComment(text);
    if (statement.isEmpty() || statement.startsWith("@") || statement.contains("_Alias ")) {
      return;
    }
    if (statement.startsWith("Defaults")) {
      Matcher weak = WEAK_DEFAULT.matcher(statement);
      if (weak.find()) {
        artifacts.add(fact("weak-default", "", weak.group(), line));
      }
      return;
    }
    Matcher specification = SPECIFICATION.matcher(statement);
    if (specification.matches() && NOPASSWD_ALL.matcher(specification.group("commands")).find()) {
      artifacts.add(fact("nopasswd-all", specification.group("who"), "NOPASSWD: ALL", line));
    }
  }

  /** A {@code #} starts a comment unless digits follow it: {@code #0} is a uid. */
  private static String withoutComment(String text) {
    int from = 0;
    while (true) {
      int hash = text.indexOf('#', from);
      if (hash < 0) {
        return text.strip();
      }
      boolean uid = hash + 1 < text.length() && Character.isDigit(text.charAt(hash + 1));
      boolean escaped = hash > 0 && text.charAt(hash - 1) == '\\';
      if (!uid && !escaped) {
        return text.substring(0, hash).strip();
      }
      from = hash + 1;
    }
  }

  private static Artifact fact(String kind, String who, String what, TextLines.Line line) {
    String evidence = who.isEmpty() ? "Defaults " + what : who + " " + what;
    return new Artifact(
        kind,
        line.number(),
        line.offset(),
        Evidence.of(evidence),
        Fields.of("principal", who).and("setting", what).map(),
        List.of());
  }
}
