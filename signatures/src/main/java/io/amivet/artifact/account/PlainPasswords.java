package io.amivet.artifact.account;

import io.amivet.artifact.TextLines;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passwords that the answers of an installer or a cloud-config set in the clear. Of use only to see
 * whether they are defaults, which no rule for secrets reports: to those they are placeholders.
 */
final class PlainPasswords {
  private static final String NAME = "([a-z_][a-z0-9_.-]{0,31})";
  private static final String WORD = "([^\\s\"'$:]{1,64})";

  /** How far behind {@code chpasswd:} its list is looked for. */
  private static final int LIST_LINES = 12;

  private record Form(Pattern pattern, String user) {}

  private static final String OF_LINE = "";
  private static final String UNKNOWN = "?";

  private static final List<Form> FORMS =
      List.of(
          form("^\\s{0,40}[\"']?plain_text_passwd[\"']?\\s{0,4}:\\s{0,4}[\"']?" + WORD, UNKNOWN),
          form("^password:\\s{0,4}[\"']?" + WORD, UNKNOWN),
          form("^\\s{0,8}rootpw\\s{1,4}(?:--plaintext\\s{1,4})?" + WORD + "\\s{0,8}$", "root"),
          form("passwd/root-password(?:-again)?\\s{1,8}password\\s{1,8}" + WORD, "root"),
          form("passwd/user-password(?:-again)?\\s{1,8}password\\s{1,8}" + WORD, UNKNOWN),
          form(
              "echo\\s{1,4}(?:-e\\s{1,4})?[\"']?"
                  + NAME
                  + ":"
                  + WORD
                  + "[\"']?\\s{0,4}\\|\\s{0,4}(?:sudo\\s{1,4})?(?:/usr/sbin/)?chpasswd",
              OF_LINE));

  private static final Pattern LISTED =
      Pattern.compile("^\\s{1,40}(?:-\\s{1,4})?[\"']?" + NAME + ":" + WORD + "[\"']?\\s{0,8}$");

  private PlainPasswords() {}

  /**
   * A password and whose it is.
   *
   * @param user empty if the lines around have to tell
   * @param column where the password starts in the line
   */
  record Plain(String user, String word, int column) {}

  /** The password that a line sets. */
  static Optional<Plain> in(List<TextLines.Line> lines, int index) {
    String text = lines.get(index).text();
    for (Form form : FORMS) {
      Matcher matcher = form.pattern().matcher(text);
      if (matcher.find()) {
        int word = matcher.groupCount();
        String user = form.user().equals(OF_LINE) ? matcher.group(1) : form.user();
        return Optional.of(
            new Plain(user.equals(UNKNOWN) ? "" : user, matcher.group(word), matcher.start(word)));
      }
    }
    Matcher listed = LISTED.matcher(text);
    return listed.find() && isInList(lines, index)
        ? Optional.of(new Plain(listed.group(1), listed.group(2), listed.start(2)))
        : Optional.empty();
  }

  private static boolean isInList(List<TextLines.Line> lines, int index) {
    for (int i = index - 1; i >= 0 && i >= index - LIST_LINES; i--) {
      String text = lines.get(i).text().strip().toLowerCase(Locale.ROOT);
      if (text.startsWith("chpasswd:")) {
        return true;
      }
    }
    return false;
  }

  private static Form form(String regex, String user) {
    return new Form(Pattern.compile(regex), user);
  }
}
