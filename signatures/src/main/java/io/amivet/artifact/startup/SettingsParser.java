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
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Configurations of one setting a line, {@code key = value}, {@code key: value} or {@code key
 * value} (a key of several words only before {@code =}), with or without sections in brackets. Kind
 * {@code setting} for each. Rules accept values by name, so that nothing is shown that they do not
 * spell out themselves.
 */
final class SettingsParser implements ArtifactParser {
  private static final int MAX_SETTINGS = 5_000;
  private static final int MAX_SHOWN_CHARS = 200;

  private static final Pattern SETTING =
      Pattern.compile(
          "-?(?:export\\s{1,8})?(?<key>[A-Za-z_][\\w.*/-]{0,127}(?:(?: [a-z]{1,20}){1,3}(?=\\s{0,64}=))?)"
              + "(?:\\s{0,64}[=:]\\s{0,64}|\\s{1,64})(?<value>.{1,1024}?)\\s{0,64};?");

  @Override
  public String name() {
    return "settings";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    List<Artifact> facts = new ArrayList<>();
    String section = "";
    for (TextLines.Line line : TextLines.of(file)) {
      String text = line.text().strip();
      if (text.isEmpty() || "#;".indexOf(text.charAt(0)) >= 0) {
        continue;
      }
      if (text.startsWith("[") && text.endsWith("]")) {
        section = text.substring(1, text.length() - 1).strip().toLowerCase(Locale.ROOT);
        continue;
      }
      Matcher setting = SETTING.matcher(text);
      if (facts.size() < MAX_SETTINGS && setting.matches()) {
        facts.add(fact(section, setting, line));
      }
    }
    return facts;
  }

  private static Artifact fact(String section, Matcher setting, TextLines.Line line) {
    String key = setting.group("key").toLowerCase(Locale.ROOT);
    String value = value(setting.group("value"));
    return new Artifact(
        "setting",
        line.number(),
        line.offset(),
        Evidence.of(key + " = " + value),
        Fields.of("section", section).and("keyword", key).and("value", value).map(),
        List.of());
  }

  /** Without quotes and a comment behind it, in lower case, blanks made one. */
  private static String value(String text) {
    int comment = text.indexOf(" #");
    String bare = comment < 0 ? text : text.substring(0, comment);
    String plain = bare.replace("\"", "").replace("'", "").strip().replaceAll("\\s+", " ");
    String lower = plain.toLowerCase(Locale.ROOT);
    return lower.length() <= MAX_SHOWN_CHARS ? lower : lower.substring(0, MAX_SHOWN_CHARS);
  }
}
