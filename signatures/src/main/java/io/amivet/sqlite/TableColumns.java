package io.amivet.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names of a table's columns out of the statement that made it, in the order in which a row
 * stores them. Generated columns that are not stored are left out. None of a statement that is
 * longer than those of programs.
 */
final class TableColumns {
  private static final int MAX_COLUMNS = 2_000;
  private static final int MAX_SQL_CHARS = 64 << 10;
  private static final Set<String> CONSTRAINTS =
      Set.of("constraint", "primary", "unique", "check", "foreign");

  /** Outside of what is quoted or in parentheses of its own. */
  private static final Pattern COMPUTED =
      Pattern.compile("\\bas \\((?!.*\\bstored\\b)", Pattern.CASE_INSENSITIVE);

  private final String sql;
  private final List<String> names = new ArrayList<>();
  private final StringBuilder bare = new StringBuilder();
  private String name = "";
  private boolean quoted;
  private int at;

  private TableColumns(String sql) {
    this.sql = sql;
  }

  static List<String> of(String sql) {
    TableColumns columns = new TableColumns(sql);
    if (sql.length() <= MAX_SQL_CHARS) {
      columns.read();
    }
    return List.copyOf(columns.names);
  }

  private void read() {
    int depth = 0;
    while (at < sql.length() && names.size() < MAX_COLUMNS) {
      char c = sql.charAt(at);
      if (isComment()) {
        skipComment();
      } else if (c == '"' || c == '\'' || c == '`' || c == '[') {
        String text = quoted(c == '[' ? ']' : c);
        if (depth == 1 && name.isEmpty() && bare.toString().isBlank()) {
          name = text;
          quoted = true;
        }
      } else {
        at++;
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if ((depth == 0 && c == ')') || (depth == 1 && c == ',')) {
          end();
        } else if (depth == 1 && c != '(' && c != ')') {
          bare.append(Character.isWhitespace(c) ? ' ' : c);
        } else if (depth == 2 && c == '(') {
          bare.append(" (");
        }
        if (depth == 0 && c == ')') {
          return;
        }
      }
    }
  }

  private boolean isComment() {
    return sql.startsWith("--", at) || sql.startsWith("/*", at);
  }

  private void skipComment() {
    String mark = sql.charAt(at) == '-' ? "\n" : "*/";
    int end = sql.indexOf(mark, at + 2);
    at = end < 0 ? sql.length() : end + mark.length();
    bare.append(' ');
  }

  /** What is quoted; the quote itself stands there twice. */
  private String quoted(char end) {
    StringBuilder text = new StringBuilder();
    at++;
    while (at < sql.length()) {
      char c = sql.charAt(at++);
      if (c != end) {
        text.append(c);
      } else if (at < sql.length() && sql.charAt(at) == end && end != ']') {
        text.append(c);
        at++;
      } else {
        break;
      }
    }
    return text.toString();
  }

  private void end() {
    String definition = bare.toString().strip().replaceAll(" {2,}", " ");
    String column = quoted ? name : definition.split(" ", 2)[0];
    boolean constraint = !quoted && CONSTRAINTS.contains(column.toLowerCase(Locale.ROOT));
    if (!column.isEmpty() && !constraint && !COMPUTED.matcher(definition).find()) {
      names.add(column);
    }
    bare.setLength(0);
    name = "";
    quoted = false;
  }
}
