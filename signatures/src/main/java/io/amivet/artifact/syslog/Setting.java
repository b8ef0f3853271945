package io.amivet.artifact.syslog;

import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A {@code key = value} line of a configuration with or without sections (systemd.syntax(7),
 * auditd.conf(5)).
 *
 * @param section lower case, empty before the first
 * @param key lower case
 */
record Setting(String section, String key, String value, int line) {
  private static final int MAX_SETTINGS = 10_000;

  static List<Setting> of(ArtifactFile file) {
    List<Setting> settings = new ArrayList<>();
    String section = "";
    for (TextLines.Line line : TextLines.of(file)) {
      String text = line.text().strip();
      int equals = text.indexOf('=');
      if (text.startsWith("[") && text.endsWith("]")) {
        section = text.substring(1, text.length() - 1).toLowerCase(Locale.ROOT);
      } else if (equals > 0 && isData(text) && settings.size() < MAX_SETTINGS) {
        String key = text.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        settings.add(new Setting(section, key, text.substring(equals + 1).strip(), line.number()));
      }
    }
    return settings;
  }

  private static boolean isData(String text) {
    return text.charAt(0) != '#' && text.charAt(0) != ';';
  }

  /**
   * The last setting of {@code key}, which is the one that counts; empty value if there is none.
   */
  static Setting last(List<Setting> settings, String key) {
    Setting last = new Setting("", key, "", 0);
    for (Setting setting : settings) {
      last = setting.key().equals(key) ? setting : last;
    }
    return last;
  }
}
