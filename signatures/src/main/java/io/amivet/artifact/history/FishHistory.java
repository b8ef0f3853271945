package io.amivet.artifact.history;

import io.amivet.artifact.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * History of fish: {@code - cmd: TEXT}, then {@code when: EPOCH} and perhaps {@code paths:}. Looks
 * like YAML and is not: {@code \n} is a line feed and {@code \\} a backslash, nothing is quoted.
 */
final class FishHistory {
  private static final String COMMAND = "- cmd: ";
  private static final Pattern WHEN = Pattern.compile("^  when: ([0-9]{1,10})$");

  private FishHistory() {}

  static List<HistoryCommand> read(byte[] bytes) {
    List<HistoryCommand> commands = new ArrayList<>();
    for (TextLines.Line line : TextLines.of(bytes)) {
      Matcher when = WHEN.matcher(line.text());
      if (line.text().startsWith(COMMAND)) {
        String text = unescape(line.text().substring(COMMAND.length()));
        if (!text.isBlank()) {
          commands.add(new HistoryCommand(line.number(), line.offset(), text, 0));
        }
      } else if (!commands.isEmpty() && when.matches()) {
        HistoryCommand last = commands.removeLast();
        commands.add(
            new HistoryCommand(
                last.line(), last.offset(), last.text(), Long.parseLong(when.group(1))));
      }
    }
    return commands;
  }

  private static String unescape(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
      if (c == '\\' && (next == 'n' || next == '\\')) {
        plain.append(next == 'n' ? '\n' : '\\');
        i++;
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
