package io.amivet.artifact.history;

import io.amivet.artifact.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What vim and less remember. {@code viminfo} (":help viminfo-file"): {@code :} command lines,
 * {@code /} and {@code ?} searches, registers as indented lines; lines that start with a bar repeat
 * an item with its time. {@code lesshst}: quoted lines under {@code .search} and {@code .shell}.
 */
final class EditorHistory {
  private static final Pattern VIM_BAR = Pattern.compile("^\\|[23],[0-9]{1,3},([0-9]{1,10}),");

  private static final Pattern VIM_MARK = Pattern.compile("\\t\\S\\t[0-9]{1,9}\\t[0-9]{1,9}");

  /** What may stand before the {@code !}: a range, {@code r}, {@code w}. */
  private static final int MAX_RANGE_CHARS = 16;

  private EditorHistory() {}

  static List<HistoryCommand> viminfo(byte[] bytes) {
    List<HistoryCommand> commands = new ArrayList<>();
    for (TextLines.Line line : TextLines.of(bytes)) {
      String text = line.text();
      Matcher bar = VIM_BAR.matcher(text);
      if (bar.find() && !commands.isEmpty()) {
        HistoryCommand last = commands.removeLast();
        long epochSeconds = Long.parseLong(bar.group(1));
        commands.add(new HistoryCommand(last.line(), last.offset(), last.text(), epochSeconds));
      } else if (isVimItem(text)) {
        commands.add(new HistoryCommand(line.number(), line.offset(), shellPart(text), 0));
      }
    }
    return commands;
  }

  /** A command line, a search or a line of a register; not a mark, an option or a comment. */
  private static boolean isVimItem(String text) {
    return text.length() > 1
        && ":/?\t".indexOf(text.charAt(0)) >= 0
        && !text.isBlank()
        && !VIM_MARK.matcher(text).matches();
  }

  /** The shell command in {@code :!command}, {@code :r !command}; else the item itself. */
  private static String shellPart(String item) {
    int bang = item.charAt(0) == ':' ? item.indexOf('!') : -1;
    return bang > 0 && bang <= MAX_RANGE_CHARS ? item.substring(bang + 1) : item.substring(1);
  }

  static List<HistoryCommand> less(byte[] bytes) {
    List<HistoryCommand> commands = new ArrayList<>();
    for (TextLines.Line line : TextLines.of(bytes)) {
      if (line.text().length() > 1 && line.text().charAt(0) == '"') {
        commands.add(new HistoryCommand(line.number(), line.offset(), line.text().substring(1), 0));
      }
    }
    return commands;
  }
}
