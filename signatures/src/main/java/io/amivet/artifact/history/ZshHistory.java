package io.amivet.artifact.history;

import io.amivet.artifact.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * History of zsh (zshoptions(1), EXTENDED_HISTORY): {@code : start:seconds;command}, or just the
 * command. A line that ends in a backslash goes on. Bytes that zsh uses itself are "metafied": 0x83
 * and the byte with bit 5 flipped ({@code Meta} in {@code zsh.h}).
 */
final class ZshHistory {
  private static final char META = 0x83;
  private static final int META_BIT = 32;
  private static final Pattern STAMP = Pattern.compile("^: +([0-9]{1,10}):[0-9]{1,10};");

  private final List<HistoryCommand> commands = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private int line;
  private int offset;

  private ZshHistory() {}

  static List<HistoryCommand> read(byte[] bytes) {
    ZshHistory history = new ZshHistory();
    for (TextLines.Line line : TextLines.of(bytes)) {
      history.add(line);
    }
    history.finishCommand();
    return history.commands;
  }

  private void add(TextLines.Line next) {
    if (text.isEmpty()) {
      line = next.number();
      offset = next.offset();
    }
    boolean goesOn = next.text().endsWith("\\");
    String part = goesOn ? next.text().substring(0, next.text().length() - 1) : next.text();
    text.append(part, 0, Math.min(part.length(), HistoryCommand.MAX_CHARS - text.length()));
    if (goesOn && text.length() < HistoryCommand.MAX_CHARS) {
      text.append('\n');
    } else {
      finishCommand();
    }
  }

  private void finishCommand() {
    Matcher stamp = STAMP.matcher(text);
    boolean stamped = stamp.find();
    String command = unmetafy(stamped ? text.substring(stamp.end()) : text.toString());
    if (!command.isBlank()) {
      long epochSeconds = stamped ? Long.parseLong(stamp.group(1)) : 0;
      commands.add(new HistoryCommand(line, offset, command, epochSeconds));
    }
    text.setLength(0);
  }

  static String unmetafy(String text) {
    if (text.indexOf(META) < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == META && i + 1 < text.length()) {
        i++;
        c = (char) (text.charAt(i) ^ META_BIT);
      }
      plain.append(c);
    }
    return plain.toString();
  }
}
