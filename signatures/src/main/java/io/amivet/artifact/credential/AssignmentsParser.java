package io.amivet.artifact.credential;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Literal values under sensitive names in configuration of any syntax: {@code name = value}, {@code
 * name: value}, {@code 'name' => 'value'}, {@code Password=value;} inside a connection string. In
 * source code only a quoted value is one; the rest are expressions.
 *
 * <p>{@code secret}: field {@code key}. {@code url-credential} as elsewhere.
 */
final class AssignmentsParser implements ArtifactParser {
  private static final int MAX_FACTS = 100;
  private static final int MAX_LINE_CHARS = 4096;
  private static final int MIN_KEY_CHARS = 8;
  private static final int PAIR_CHARS = 250;

  private static final Pattern AWS_SECRET = Pattern.compile("[A-Za-z0-9/+]{40}");

  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "(?<![\\w.$-])(?<!\\$\\{)(?<name>[A-Za-z_$][\\w.$-]{1,80})[\"']?\\]?\\s{0,20}(?:=>|:=|[:=])\\s{0,20}"
              + "(?:\"(?<double>[^\"]{1,500})\"|'(?<single>[^']{1,500})'"
              + "|(?<bare>[^\\s\"'<>;&,]{1,500}))");

  /** Of msmtprc(5), fetchmailrc and redis.conf: a blank between the name and the value. */
  private static final Pattern SETTING =
      Pattern.compile(
          "(?i)(?:^|\\s)(?<name>password|passwd|requirepass|masterauth|pass)\\s{1,20}"
              + "[\"']?(?<value>[^\\s\"']{4,200})[\"']?$");

  /** Of curl(1): {@code user = "name:password"}. */
  private static final Pattern CURL_USER =
      Pattern.compile(
          "^-{0,2}(?<name>(?:proxy-)?user|[uU])[\\s=:]{1,20}[\"']?[^\\s:\"']{0,100}:"
              + "(?<value>[^\\s\"']{4,200})[\"']?$");

  /** What may stand behind a bare value; anything else makes it the first word of a text. */
  private static final Pattern AFTER_BARE =
      Pattern.compile("[\"'<>;&,].*|\\s*(?:[#;].*)?|\\s+[\\w.-]{1,80}=.*");

  /** A reference to something else, not a value: {@code var.x}, {@code *anchor}, {@code f(x)}. */
  private static final Pattern EXPRESSION =
      Pattern.compile("[$%&*@!|>{\\[(].*|[A-Za-z_]+(?:\\.[A-Za-z_]+)+|.*\\(.*");

  private static final Pattern COMMENT = Pattern.compile("(?:#|;|//(?:\\s|$)|/\\*|\\*|--|<!--).*");
  private static final Pattern PASSWORD = Pattern.compile("(?:^|.*_)(?:password|passwd|pass|pwd)");
  private static final Pattern VAGUE =
      Pattern.compile("(?:^|.*_)(?:auth|authorization|credentials?|secrets|license_key)");

  private static final Set<String> CODE =
      Set.of("py", "php", "rb", "js", "ts", "java", "go", "tf", "groovy", "pl", "inc", "bak");

  @Override
  public String name() {
    return "assignments";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    boolean code = CODE.contains(extension(file.path()));
    List<Artifact> facts = new ArrayList<>();
    for (TextLines.Line line : TextLines.of(file)) {
      String text = line.text().strip();
      if (text.length() > MAX_LINE_CHARS || COMMENT.matcher(text).matches()) {
        continue;
      }
      addAssignments(file, text, code, facts);
      Matcher setting = (file.path().endsWith("curlrc") ? CURL_USER : SETTING).matcher(text);
      if (!code && setting.find() && SecretValues.isSecret(setting.group("value"))) {
        add(file, setting.group("name"), setting.group("value"), facts);
      }
      for (Artifact url : UrlCredentials.in(file, text)) {
        addNew(url, facts);
      }
    }
    return facts;
  }

  private static void addAssignments(
      ArtifactFile file, String text, boolean code, List<Artifact> facts) {
    Matcher assignment = ASSIGNMENT.matcher(text);
    int from = 0;
    while (from < text.length() && assignment.find(from)) {
      String bare = assignment.group("bare");
      boolean literal =
          bare == null || (!code && AFTER_BARE.matcher(text.substring(assignment.end())).matches());
      String value = value(assignment);
      String name = assignment.group("name");
      if (literal && isSecret(name, value) && !isOfKeyPair(file, value)) {
        add(file, name, value, facts);
        from = assignment.end();
      } else {
        // A connection string is a value with assignments inside.
        from = assignment.end("name");
      }
    }
  }

  private static String value(Matcher assignment) {
    for (String quoting : List.of("double", "single")) {
      if (assignment.group(quoting) != null) {
        return assignment.group(quoting);
      }
    }
    return assignment.group("bare");
  }

  /** A password may be any word; a key or a token is long and has a digit. */
  private static boolean isSecret(String name, String value) {
    String words = SensitiveNames.words(name);
    if (!SensitiveNames.isSensitive(name)
        || VAGUE.matcher(words).matches()
        || value.chars().anyMatch(Character::isWhitespace)
        || EXPRESSION.matcher(value).matches()
        || !SecretValues.isSecret(value)) {
      return false;
    }
    return PASSWORD.matcher(words).matches()
        || (value.length() >= MIN_KEY_CHARS && value.chars().anyMatch(Character::isDigit));
  }

  /** Whether an AWS access key id is so near that the rule for pairs reports the two as one. */
  private static boolean isOfKeyPair(ArtifactFile file, String value) {
    if (!AWS_SECRET.matcher(value).matches()) {
      return false;
    }
    String text = file.latin1();
    int at = text.indexOf(value);
    String around =
        text.substring(
            Math.max(0, at - PAIR_CHARS),
            Math.min(text.length(), at + value.length() + PAIR_CHARS));
    return around.contains("AKIA") || around.contains("ASIA");
  }

  private static void add(ArtifactFile file, String name, String value, List<Artifact> facts) {
    addNew(
        Fact.of(file, "secret")
            .withHidden("key", name.replaceFirst("^\\$", ""))
            .secret(name, value)
            .build(),
        facts);
  }

  private static void addNew(Artifact fact, List<Artifact> facts) {
    if (facts.size() < MAX_FACTS
        && facts.stream().noneMatch(known -> known.secrets().equals(fact.secrets()))) {
      facts.add(fact);
    }
  }

  private static String extension(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
