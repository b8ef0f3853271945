package io.amivet.artifact.history;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Binary histories of the Korn shells. ksh93 ({@code history.c}) starts with 0x81 0x01; commands
 * end in a zero byte, numbers are set by 0x82 0x00 and four bytes. mksh starts with 0xab 0xcd; each
 * entry is 0xff, four bytes of number, the command and a zero byte.
 */
final class KornHistory {
  private static final int KSH_UNDO = 0x81;
  private static final int KSH_VERSION = 0x01;
  private static final int KSH_NUMBER = 0x82;
  private static final int KSH_NUMBER_BYTES = 6;
  private static final int MKSH_FIRST = 0xab;
  private static final int MKSH_SECOND = 0xcd;
  private static final int MKSH_COMMAND = 0xff;
  private static final int MKSH_HEADER_BYTES = 5;
  private static final int MAGIC_BYTES = 2;

  private KornHistory() {}

  static boolean isBinary(byte[] bytes) {
    return isKsh(bytes) || isMksh(bytes);
  }

  private static boolean isKsh(byte[] bytes) {
    return at(bytes, 0) == KSH_UNDO && at(bytes, 1) == KSH_VERSION;
  }

  private static boolean isMksh(byte[] bytes) {
    return at(bytes, 0) == MKSH_FIRST && at(bytes, 1) == MKSH_SECOND;
  }

  static List<HistoryCommand> read(byte[] bytes) {
    List<HistoryCommand> commands = new ArrayList<>();
    boolean ksh = isKsh(bytes);
    int position = MAGIC_BYTES;
    while (position < bytes.length && commands.size() < HistoryCommand.MAX_COMMANDS) {
      int start = position + markBytes(bytes, position, ksh);
      int end = Math.min(start, bytes.length);
      while (end < bytes.length && bytes[end] != 0) {
        end++;
      }
      add(commands, bytes, start, end);
      position = end + 1;
    }
    return commands;
  }

  private static int markBytes(byte[] bytes, int position, boolean ksh) {
    int first = at(bytes, position);
    if (!ksh) {
      return first == MKSH_COMMAND ? MKSH_HEADER_BYTES : 0;
    }
    if (first == KSH_NUMBER && at(bytes, position + 1) == 0) {
      return KSH_NUMBER_BYTES;
    }
    return first == KSH_UNDO ? MAGIC_BYTES : 0;
  }

  private static void add(List<HistoryCommand> commands, byte[] bytes, int start, int end) {
    int length = Math.min(end - start, HistoryCommand.MAX_CHARS);
    if (length > 0) {
      String text = new String(bytes, start, length, StandardCharsets.ISO_8859_1);
      if (!text.isBlank()) {
        commands.add(new HistoryCommand(0, start, text, 0));
      }
    }
  }

  private static int at(byte[] bytes, int index) {
    return index < bytes.length ? bytes[index] & 0xff : -1;
  }
}
