package io.amivet.artifact.history;

import java.util.List;

/** Secrets that are echoed into a program that reads them from its standard input. */
final class PipedSecrets {
  private PipedSecrets() {}

  /** Looks at {@code source | sink} or {@code sink <<< text}. */
  static void find(ShellCommand source, ShellCommand sink, List<CommandSecret> found) {
    String text = sink.hereString().isEmpty() ? echoed(source) : sink.hereString();
    String how = sinkName(sink);
    if (text.isEmpty() || how.isEmpty()) {
      return;
    }
    String value = firstLine(text);
    if (how.equals("chpasswd")) {
      int colon = value.indexOf(':');
      value = colon < 0 ? "" : value.substring(colon + 1);
    }
    if (SecretNames.isValue(value)) {
      found.add(CommandSecret.of("echo … | " + how + ": ", value));
    }
  }

  /** What {@code echo} or {@code printf} prints; empty for other programs. */
  private static String echoed(ShellCommand command) {
    ShellCommand plain = CommandPrefix.strip(command);
    String program = CommandPrefix.program(plain.word(0));
    boolean printf = program.equals("printf");
    if (!printf && !program.equals("echo")) {
      return "";
    }
    List<String> words = plain.words();
    int start = 1;
    while (start < words.size()
        && (words.get(start).matches("-[neE]{1,3}|--")
            || (printf && words.get(start).indexOf('%') >= 0))) {
      start++;
    }
    return String.join(" ", words.subList(start, words.size()));
  }

  private static String firstLine(String text) {
    String line = text.strip();
    int end = line.indexOf("\\n");
    int feed = line.indexOf('\n');
    end = feed >= 0 && (end < 0 || feed < end) ? feed : end;
    return end < 0 ? line : line.substring(0, end);
  }

  /** How {@code sink} is named in evidence if it reads a secret; else empty. */
  private static String sinkName(ShellCommand sink) {
    if (sink.words().contains("sudo") && hasFlag(sink, 'S')) {
      return "sudo -S";
    }
    ShellCommand plain = CommandPrefix.strip(sink);
    String program = CommandPrefix.program(plain.word(0));
    List<String> words = plain.words();
    return switch (program) {
      case "chpasswd" -> program;
      case "passwd" -> words.contains("--stdin") || words.contains("-s") ? "passwd --stdin" : "";
      case "docker", "podman", "nerdctl", "helm", "buildah" ->
          words.contains("--password-stdin") ? program + " login --password-stdin" : "";
      case "gh" -> words.contains("--with-token") ? "gh auth login --with-token" : "";
      case "cryptsetup", "smbpasswd", "kinit" -> program;
      case "htpasswd" -> words.contains("-i") ? "htpasswd -i" : "";
      default -> "";
    };
  }

  /** Whether one of sudo's own options, before the program, holds {@code flag}. */
  private static boolean hasFlag(ShellCommand command, char flag) {
    int index = command.words().indexOf("sudo") + 1;
    while (command.word(index).startsWith("-")) {
      if (command.word(index).indexOf(flag) > 0 && !command.word(index).startsWith("--")) {
        return true;
      }
      index++;
    }
    return false;
  }
}
