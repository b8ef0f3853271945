package io.amivet.artifact.syslog;

import io.amivet.artifact.ArtifactFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the actions and includes of one rsyslog file. Filters are skipped, blocks are entered
 * without being nested: an action counts wherever it stands. Each character is looked at once.
 */
final class RsyslogScanner {
  private static final int MAX_ACTIONS = 2000;
  private static final int MAX_PARAMETERS = 200;

  private static final Pattern DIRECTIVE = Pattern.compile("\\$(\\w{1,64})\\s{1,64}(.{1,1024})");

  private final ConfigText text;
  private final String component;
  private final List<Action> actions = new ArrayList<>();
  private final List<String> includes = new ArrayList<>();
  private boolean legacyTls;

  /**
   * An action.
   *
   * @param type output module: {@code omfwd}
   * @param legacy whether written as {@code @host} or {@code :module:…}
   * @param parameters by lower-case name; a list of values has several
   */
  record Action(
      String component,
      String type,
      boolean legacy,
      int line,
      Map<String, List<String>> parameters) {

    String parameter(String name) {
      List<String> values = parameters.getOrDefault(name, List.of());
      return values.isEmpty() ? "" : values.getFirst();
    }
  }

  RsyslogScanner(ArtifactFile file, String component) {
    this.text = new ConfigText(file.latin1());
    this.component = component;
  }

  List<Action> actions() {
    return actions;
  }

  List<String> includes() {
    return includes;
  }

  void scan() {
    while (true) {
      text.skipSpace(true);
      if (text.atEnd()) {
        return;
      }
      statement(text.peek());
    }
  }

  private void statement(char c) {
    switch (c) {
      case '{', '}', ';', ')' -> text.take();
      case '$' -> directive();
      case '&' -> {
        text.take();
        action();
      }
      case ':' -> propertyFilter();
      case '@', '>', '~' -> action();
      case '*' -> selector();
      default -> {
        if (Character.isLetter(c)) {
          word();
        } else {
          text.skipLine();
        }
      }
    }
  }

  private void word() {
    int line = text.line();
    String word = text.takeName();
    if (text.peek() == '(' || (isObject(word) && blanksThenParenthesis())) {
      object(word, line);
      return;
    }
    switch (word) {
      case "if" -> skipPastWord("then");
      case "foreach" -> skipPastWord("do");
      case "else", "then", "do", "stop", "continue" -> {}
      case "call", "call_indirect" -> {
        text.skipBlanks();
        text.takeWord(";}");
      }
      case "set", "unset", "reset" -> skipTo(';');
      default -> selector();
    }
  }

  private static boolean isObject(String word) {
    return word.equals("action") || word.equals("include") || word.equals("module");
  }

  private boolean blanksThenParenthesis() {
    text.skipSpace(true);
    return text.peek() == '(';
  }

  /** The rest of a selector such as {@code *.info;mail.none}, then its action. */
  private void selector() {
    text.takeWord("");
    action();
  }

  /** {@code :msg, contains, "text" action}; or a module's action. */
  private void propertyFilter() {
    if (text.peek(1) == 'o' && text.peek(2) == 'm') {
      action();
      return;
    }
    while (!text.atEnd() && text.peek() != '"' && text.peek() != '\n') {
      text.take();
    }
    if (text.peek() == '"') {
      text.takeQuoted();
      action();
    }
  }

  private void action() {
    text.skipBlanks();
    int line = text.line();
    switch (text.peek()) {
      case '@' -> forward(line);
      case ':' -> module(line);
      case '>' -> {
        text.take();
        database("ommysql", text.takeWord(";"), line);
      }
      case 'a' -> {
        String word = text.takeName();
        if (word.equals("action")) {
          text.skipSpace(true);
          object(word, line);
        } else {
          text.skipLine();
        }
      }
      case '{', 's' -> {}
      default -> text.skipLine();
    }
  }

  /** {@code @host}, {@code @@host:port}, {@code @(z9,o)host;template}. */
  private void forward(int line) {
    text.take();
    boolean tcp = text.peek() == '@';
    if (tcp) {
      text.take();
    }
    if (text.peek() == '(') {
      while (!text.atEnd() && text.peek() != ')' && text.peek() != '\n') {
        text.take();
      }
      text.take();
    }
    text.skipBlanks();
    legacy("omfwd", text.takeWord(";}"), line, tcp ? "tcp" : "udp");
    text.skipLine();
  }

  /** {@code :omrelp:host:port;template}, {@code :ommysql:server,database,user,password}. */
  private void module(int line) {
    text.take();
    String type = text.takeName();
    if (text.peek() == ':') {
      text.take();
      String target = text.takeWord(";}");
      switch (type) {
        case "omrelp" -> legacy(type, target, line, "relp");
        case "ommysql", "ompgsql" -> database(type, target, line);
        default -> {}
      }
    }
    text.skipLine();
  }

  private void database(String type, String arguments, int line) {
    String[] parts = arguments.split(",", -1);
    Map<String, List<String>> parameters = new HashMap<>();
    parameters.put("server", List.of(parts[0]));
    parameters.put("pwd", List.of(parts.length > 3 ? parts[3] : ""));
    add(new Action(component, type, true, line, parameters));
  }

  private void legacy(String type, String target, int line, String protocol) {
    Map<String, List<String>> parameters = new HashMap<>();
    parameters.put("target", List.of(target));
    parameters.put("protocol", List.of(protocol));
    parameters.put("streamdrivermode", List.of(legacyTls && protocol.equals("tcp") ? "1" : "0"));
    add(new Action(component, type, true, line, parameters));
  }

  private void add(Action action) {
    if (actions.size() < MAX_ACTIONS) {
      actions.add(action);
    }
  }

  private void directive() {
    int line = text.line();
    StringBuilder directive = new StringBuilder();
    while (!text.atEnd() && text.peek() != '\n') {
      directive.append(text.take());
    }
    Matcher matcher = DIRECTIVE.matcher(directive.toString().strip());
    if (!matcher.matches()) {
      return;
    }
    String value = matcher.group(2).strip();
    switch (matcher.group(1).toLowerCase(Locale.ROOT)) {
      case "includeconfig" -> includes.add(value);
      case "actionsendstreamdrivermode" -> legacyTls = value.equals("1");
      case "actionmailsmtpserver" -> server("ommail", value, line);
      case "actionsnmptarget" -> server("omsnmp", value, line);
      default -> {}
    }
  }

  private void server(String type, String value, int line) {
    add(new Action(component, type, true, line, Map.of("server", List.of(value))));
  }

  private void object(String word, int line) {
    if (text.peek() != '(') {
      return;
    }
    text.take();
    Map<String, List<String>> parameters = new HashMap<>();
    while (parameters.size() < MAX_PARAMETERS) {
      text.skipSpace(true);
      if (text.atEnd() || text.peek() == ')') {
        break;
      }
      String name = text.takeName();
      text.skipSpace(true);
      if (name.isEmpty() || text.peek() != '=') {
        text.take();
        continue;
      }
      text.take();
      parameters.put(name, values());
    }
    text.take();
    object(word, line, parameters);
  }

  private void object(String word, int line, Map<String, List<String>> parameters) {
    Action action = new Action(component, "", false, line, parameters);
    if (action.parameter("config.enabled").equalsIgnoreCase("off")) {
      return;
    }
    if (word.equals("include")) {
      includes.addAll(parameters.getOrDefault("file", List.of()));
    } else if (word.equals("action")) {
      String type = action.parameter("type").toLowerCase(Locale.ROOT);
      add(new Action(component, type, false, line, parameters));
    }
  }

  /** {@code "value"} or {@code ["value", "value"]}. */
  private List<String> values() {
    List<String> values = new ArrayList<>();
    text.skipSpace(true);
    boolean list = text.peek() == '[';
    if (list) {
      text.take();
    }
    do {
      text.skipSpace(true);
      if (text.peek() == '"' || text.peek() == '\'') {
        values.add(text.takeQuoted());
      } else if (!list) {
        values.add(text.takeWord(")"));
      } else if (text.take() == ']') {
        return values;
      }
    } while (list && !text.atEnd() && values.size() < MAX_PARAMETERS);
    return values;
  }

  private void skipPastWord(String end) {
    while (!text.atEnd()) {
      char c = text.peek();
      if (c == '"' || c == '\'') {
        text.takeQuoted();
      } else if (Character.isLetter(c)) {
        if (text.takeName().equals(end)) {
          return;
        }
      } else {
        text.take();
      }
    }
  }

  private void skipTo(char end) {
    while (!text.atEnd()) {
      char c = text.peek();
      if (c == '"' || c == '\'') {
        text.takeQuoted();
      } else if (text.take() == end) {
        return;
      }
    }
  }
}
