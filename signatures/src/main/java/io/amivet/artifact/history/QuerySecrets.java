package io.amivet.artifact.history;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Secrets in statements of databases and interpreters. All quantifiers are bounded. */
final class QuerySecrets {
  private static final String QUOTED = "(?<quote>['\"])(?<secret>[^'\"]{1,512})\\k<quote>";

  private static final Pattern IDENTIFIED =
      Pattern.compile(
          "(?i)\\bIDENTIFIED\\s{1,8}(?:VIA\\s{1,8}\\w{1,64}\\s{1,8}|WITH\\s{1,8}['\"]?\\w{1,64}['\"]?"
              + "\\s{1,8})?(?:BY|AS|USING)\\s{1,8}(?:PASSWORD\\s{0,8}\\(?\\s{0,8})?"
              + QUOTED);

  private static final Pattern SET_PASSWORD =
      Pattern.compile(
          "(?i)\\bSET\\s{1,8}PASSWORD\\s{0,8}(?:FOR\\s{1,8}\\S{1,128}\\s{0,8})?=\\s{0,8}"
              + "(?:(?:OLD_)?PASSWORD\\s{0,8}\\(\\s{0,8})?"
              + QUOTED);

  private static final Pattern PASSWORD_LITERAL =
      Pattern.compile("(?i)\\bPASSWORD\\s{0,8}(?:=|\\()?\\s{0,8}" + QUOTED);

  /** Statements in which a {@code PASSWORD 'x'} is a credential and not data. */
  private static final Pattern ACCOUNT_STATEMENT =
      Pattern.compile("(?i)\\b(?:CREATE|ALTER|GRANT|UPDATE|SET|CHANGE)\\b");

  /** Account changes in which one clause of a connection string is the password. */
  private static final Pattern CONNECTION_PASSWORD =
      Pattern.compile(
          "(?i)\\b(?:CONNECTION|dblink(?:_connect)?)\\b[^;]{0,256}?\\bpassword="
              + "(?<secret>[^\\s'\";]{1,256})");

  private static final Pattern REDIS =
      Pattern.compile(
          "(?i)^\\s{0,8}\"?(?<shape>AUTH(?=\\s{1,8}\\S{1,256}\\s{0,8}$)"
              + "|AUTH\\s{1,8}\\S{1,256}|CONFIG\\s{1,8}SET\\s{1,8}(?:requirepass|masterauth)"
              + "|HELLO\\s{1,8}[23]\\s{1,8}AUTH\\s{1,8}\\S{1,256})\\s{1,8}"
              + "[\"']?(?<secret>[^\\s\"']{1,512})");

  private static final Pattern REDIS_ACL =
      Pattern.compile("(?i)^\\s{0,8}ACL\\s{1,8}SETUSER\\b.{0,512}?\\s>(?<secret>[^\\s\"']{1,512})");

  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "(?<![A-Za-z0-9_])(?<name>[A-Za-z_][A-Za-z0-9_]{1,63})[\"']?\\]?\\s{0,4}(?:=|:|=>|,)\\s{0,4}"
              + QUOTED);

  private static final Pattern MONGO_CALL =
      Pattern.compile(
          "\\.(?<shape>auth|changeUserPassword)\\(\\s{0,4}['\"][^'\"]{1,128}['\"]\\s{0,4},\\s{0,4}"
              + QUOTED);

  private QuerySecrets() {}

  /** SQL of MySQL, MariaDB, PostgreSQL, SQL Server and Oracle. */
  static void sql(String text, List<CommandSecret> found) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("identified")) {
      each(IDENTIFIED, text, "IDENTIFIED BY ", found);
    }
    if (!lower.contains("password")) {
      return;
    }
    each(SET_PASSWORD, text, "SET PASSWORD = ", found);
    if (ACCOUNT_STATEMENT.matcher(text).find()) {
      each(PASSWORD_LITERAL, text, "PASSWORD ", found);
      each(CONNECTION_PASSWORD, text, "CONNECTION password=", found);
    }
  }

  /** Commands of redis-cli. */
  static void redis(String text, List<CommandSecret> found) {
    Matcher matcher = REDIS.matcher(text);
    if (matcher.find() && SecretNames.isValue(matcher.group("secret"))) {
      String verb = matcher.group("shape").strip().toUpperCase(Locale.ROOT);
      String shape = verb.startsWith("CONFIG") ? "CONFIG SET REQUIREPASS " : "AUTH ";
      found.add(CommandSecret.of(shape, matcher.group("secret")));
    }
    each(REDIS_ACL, text, "ACL SETUSER >", found);
  }

  /** Assignments and calls in Python, JavaScript and the like. */
  static void code(String text, List<CommandSecret> found) {
    Matcher assignment = ASSIGNMENT.matcher(text);
    while (assignment.find()) {
      String name = assignment.group("name");
      if (SecretNames.isSecret(name, assignment.group("secret"))) {
        found.add(CommandSecret.of(name + " = ", assignment.group("secret")));
      }
    }
    each(MONGO_CALL, text, "db.auth ", found);
  }

  private static void each(Pattern pattern, String text, String shape, List<CommandSecret> found) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      if (SecretNames.isValue(matcher.group("secret"))) {
        found.add(CommandSecret.of(shape, matcher.group("secret")));
      }
    }
  }
}
