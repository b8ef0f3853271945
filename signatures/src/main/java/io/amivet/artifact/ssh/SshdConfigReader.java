package io.amivet.artifact.ssh;

import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.TextLines;
import io.amivet.artifact.ssh.SshdConfig.Directive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads {@code sshd_config} and what it includes, as OpenSSH's servconf.c does, within bounds. */
final class SshdConfigReader {

  /** OpenSSH stops at 16 too. */
  private static final int MAX_DEPTH = 16;

  private static final int MAX_FILES = 64;
  private static final int MAX_DIRECTIVES = 20_000;

  /** Old names of keywords, by which sshd still accepts them. */
  private static final Map<String, String> ALIASES =
      Map.of(
          "challengeresponseauthentication", "kbdinteractiveauthentication",
          "skeyauthentication", "kbdinteractiveauthentication",
          "pubkeyacceptedkeytypes", "pubkeyacceptedalgorithms",
          "dsaauthentication", "pubkeyauthentication",
          "authorizedkeysfile2", "ignored");

  private final ImageView image;
  private final List<Directive> directives = new ArrayList<>();
  private int files;

  private SshdConfigReader(ImageView image) {
    this.image = image;
  }

  static SshdConfig read(ArtifactFile file, ImageView image) {
    SshdConfigReader reader = new SshdConfigReader(image);
    reader.readFile(file, "", 0);
    return new SshdConfig(reader.directives);
  }

  private void readFile(ArtifactFile file, String outerMatch, int depth) {
    files++;
    String match = outerMatch;
    for (TextLines.Line line : TextLines.of(file)) {
      List<String> words = words(line.text());
      if (directives.size() >= MAX_DIRECTIVES) {
        return;
      }
      if (words.isEmpty()) {
        continue;
      }
      String written = words.getFirst().toLowerCase(Locale.ROOT);
      String keyword = ALIASES.getOrDefault(written, written);
      List<String> arguments = words.subList(1, words.size());
      if (keyword.equals("match")) {
        match = String.join(" ", arguments);
      } else if (keyword.equals("include")) {
        include(arguments, match, depth);
      } else {
        directives.add(
            new Directive(keyword, arguments, match, file.path(), line.number(), line.offset()));
      }
    }
  }

  /** A Match inside the included file ends with it. */
  private void include(List<String> patterns, String match, int depth) {
    if (depth + 1 > MAX_DEPTH) {
      return;
    }
    for (String pattern : patterns) {
      String absolute = pattern.startsWith("/") ? pattern : "/etc/ssh/" + pattern;
      for (String path : image.glob(absolute)) {
        if (files < MAX_FILES) {
          image.read(path).ifPresent(file -> readFile(file, match, depth + 1));
        }
      }
    }
  }

  /** The keyword and its arguments, without quotes and without what follows a {@code #}. */
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    int i = 0;
    while (i < line.length()) {
      char c = line.charAt(i);
      if (isSeparator(c, words.size())) {
        i++;
      } else if (c == '#') {
        break;
      } else {
        StringBuilder word = new StringBuilder();
        i = word(line, i, words.isEmpty(), word);
        words.add(word.toString());
      }
    }
    return words;
  }

  /** One {@code =} may stand between the keyword and its first argument. */
  private static boolean isSeparator(char c, int wordsSoFar) {
    return c == ' ' || c == '\t' || c == '\f' || (c == '=' && wordsSoFar == 1);
  }

  private static int word(String line, int from, boolean keyword, StringBuilder word) {
    boolean quoted = false;
    int i = from;
    for (; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean ends = c == ' ' || c == '\t' || c == '\f' || (keyword && c == '=');
      if (!quoted && ends) {
        break;
      }
      if (c == '\\' && i + 1 < line.length() && "\"'\\".indexOf(line.charAt(i + 1)) >= 0) {
        word.append(line.charAt(++i));
      } else if (c == '"') {
        quoted = !quoted;
      } else {
        word.append(c);
      }
    }
    return i;
  }
}
