package io.amivet.artifact.history;

import io.amivet.artifact.Account;
import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.Fields;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.TextLines;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Histories that {@code HISTFILE} of a start-up file moves to a place of another name (bash(1),
 * zshparam(1)). Kinds: {@code redirected-history} and {@code redirected-secret}, with the file as
 * field {@code target}. A target whose own name tells that it is a history is left to {@link
 * HistoryParser}.
 */
final class HistoryRedirectParser implements ArtifactParser {
  private static final int MAX_TARGETS = 2_000;

  private static final Pattern SETTING =
      Pattern.compile(
          "(?:^|[;&\\s])(?:(?:export|declare|typeset|readonly)\\s+(?:-\\w+\\s+)?)?HISTFILE="
              + "(?:\"(?<double>[^\"]{1,1024})\"|'(?<single>[^']{1,1024})'"
              + "|(?<bare>[^\\s;&|\"'#]{1,1024}))");

  @Override
  public String name() {
    return "history-redirect";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    Set<String> targets = new LinkedHashSet<>();
    List<Artifact> found = new ArrayList<>();
    for (TextLines.Line line : TextLines.of(file)) {
      Matcher setting = SETTING.matcher(line.text());
      if (!line.text().strip().startsWith("#") && setting.find()) {
        for (Account account : accounts(file.path(), image)) {
          String target = target(value(setting), account);
          if (isUnnamed(target) && targets.size() < MAX_TARGETS && targets.add(target)) {
            image.read(target).ifPresent(history -> add(history, file.path(), line, found));
          }
        }
      }
    }
    return found;
  }

  private static String value(Matcher setting) {
    for (String group : List.of("double", "single", "bare")) {
      String value = setting.group(group);
      if (value != null) {
        return value;
      }
    }
    return "";
  }

  /** Whose start-up file it is: the owner of the home it lies in, or everybody. */
  private static List<Account> accounts(String path, ImageView image) {
    if (path.startsWith("/etc/") && !path.startsWith("/etc/skel/")) {
      return image.accounts();
    }
    String home = path.substring(0, path.lastIndexOf('/'));
    String name = home.substring(home.lastIndexOf('/') + 1);
    return List.of(new Account(name, 0, 0, "", home, ""));
  }

  /** The path that the shell would make of {@code value}; empty if only the shell can tell. */
  private static String target(String value, Account account) {
    String path =
        value
            .replaceFirst("^~(?=/)", Matcher.quoteReplacement(account.home()))
            .replaceAll("\\$(?:HOME\\b|\\{HOME})", Matcher.quoteReplacement(account.home()))
            .replaceAll(
                "\\$(?:(?:USER|LOGNAME)\\b|\\{(?:USER|LOGNAME)}|\\(whoami\\))",
                Matcher.quoteReplacement(account.name()));
    if (path.indexOf('$') >= 0 || path.indexOf('`') >= 0) {
      return "";
    }
    return path.startsWith("/") ? path : account.home() + "/" + path;
  }

  private static boolean isUnnamed(String target) {
    String name = target.substring(target.lastIndexOf('/') + 1);
    return target.startsWith("/")
        && !target.startsWith("/dev/")
        && !name.contains("history")
        && HistoryFormat.ofPath(target) == HistoryFormat.UNKNOWN;
  }

  private static void add(
      ArtifactFile history, String setBy, TextLines.Line line, List<Artifact> found) {
    HistoryFormat format = setBy.contains("zsh") ? HistoryFormat.ZSH : HistoryFormat.BASH;
    for (Artifact fact : HistoryParser.parse(format, history.bytes())) {
      boolean secret = fact.kind().equals("history-secret");
      String place = history.path() + (secret ? ":" + fact.line() : "");
      Fields fields = Fields.of("target", history.path());
      fact.fields().forEach(fields::and);
      found.add(
          new Artifact(
              secret ? "redirected-secret" : "redirected-history",
              line.number(),
              line.offset(),
              fact.evidence().plus(" in " + place),
              fields.map(),
              fact.secrets()));
    }
  }
}
