package io.amivet.artifact.credential;

import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Settings in sections: INI and its relatives, among them git's and the plain part of TOML. Quotes
 * around a value are taken off; comments start with {@code #} or {@code ;}.
 */
final class IniFile {
  private static final int MAX_SETTINGS = 20_000;

  /**
   * One setting.
   *
   * @param section as written, {@code remote "origin"}; empty before the first
   * @param line from 1
   */
  record Setting(String section, String key, String value, int line) {
    boolean is(String name) {
      return key.equalsIgnoreCase(name);
    }
  }

  private IniFile() {}

  static List<Setting> read(ArtifactFile file) {
    List<Setting> settings = new ArrayList<>();
    String section = "";
    for (TextLines.Line line : TextLines.of(file)) {
      String text = line.text().strip();
      if (text.isEmpty() || text.startsWith("#") || text.startsWith(";")) {
        continue;
      }
      if (text.startsWith("[")) {
        int end = text.lastIndexOf(']');
        section =
            text.substring(1, end < 1 ? text.length() : end).replaceAll("^\\[|\\]$", "").strip();
        continue;
      }
      int equals = separator(text);
      if (equals > 0 && settings.size() < MAX_SETTINGS) {
        settings.add(
            new Setting(
                section,
                unquoted(text.substring(0, equals).strip()),
                unquoted(text.substring(equals + 1).strip()),
                line.number()));
      }
    }
    return settings;
  }

  private static int separator(String text) {
    int equals = text.indexOf('=');
    if (equals >= 0) {
      return equals;
    }
    return text.indexOf(':');
  }

  /** The first value of {@code key} in a section, or empty. */
  static String value(List<Setting> settings, String section, String key) {
    return settings.stream()
        .filter(setting -> setting.section().equals(section) && setting.is(key))
        .map(Setting::value)
        .findFirst()
        .orElse("");
  }

  /** The sections, each once, in order. */
  static List<String> sections(List<Setting> settings) {
    return settings.stream().map(Setting::section).distinct().toList();
  }

  static String unquoted(String value) {
    if (value.length() >= 2) {
      char quote = value.charAt(0);
      int end = value.indexOf(quote, 1);
      if ((quote == '"' || quote == '\'') && end > 0) {
        return value.substring(1, end);
      }
    }
    return value;
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
