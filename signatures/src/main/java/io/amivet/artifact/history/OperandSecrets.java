package io.amivet.artifact.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Secrets that stand in a fixed place among a program's operands. */
final class OperandSecrets {
  private OperandSecrets() {}

  static void find(ShellCommand command, String program, List<CommandSecret> found) {
    switch (program) {
      case "aws" -> awsConfigure(command, found);
      case "mysqladmin", "mariadb-admin" -> after(command, "password", program, found);
      case "nmcli" -> after(command, "password", program, found);
      case "htpasswd" -> htpasswd(command, found);
      case "redis-cli", "valkey-cli" -> redis(command, program, found);
      case "psql", "pg_dump", "pg_restore", "pg_basebackup", "pgbench" ->
          connectionString(command, program, found);
      case "sqlplus" -> sqlplus(command, found);
      case "kubectl", "oc" -> literals(command, program, found);
      case "cvs" -> cvsRoot(command, found);
      case "vault" -> vaultLogin(command, found);
      case "mc", "mcli" -> minio(command, program, found);
      case "wpa_passphrase" -> take(program + " … ", command.word(2), found);
      case "openssl" -> opensslPasswd(command, found);
      default -> {}
    }
  }

  private static void take(String shape, String value, List<CommandSecret> found) {
    if (SecretNames.isValue(value)) {
      found.add(CommandSecret.of(shape, value));
    }
  }

  private static void after(
      ShellCommand command, String word, String program, List<CommandSecret> found) {
    int index = command.words().indexOf(word);
    if (index > 0) {
      take(program + " " + word + " ", command.word(index + 1), found);
    }
  }

  /** {@code aws configure set [profile.name.]aws_secret_access_key VALUE}. */
  private static void awsConfigure(ShellCommand command, List<CommandSecret> found) {
    int set = command.words().indexOf("set");
    if (set < 1 || !command.words().contains("configure")) {
      return;
    }
    String variable = command.word(set + 1);
    for (String name : List.of("aws_secret_access_key", "aws_session_token")) {
      if (variable.equals(name) || variable.endsWith("." + name)) {
        take("aws configure set " + name + " ", command.word(set + 2), found);
      }
    }
  }

  /** {@code htpasswd -b file user password}, {@code htpasswd -nb user password}. */
  private static void htpasswd(ShellCommand command, List<CommandSecret> found) {
    boolean batch = false;
    boolean toStdout = false;
    List<String> operands = new ArrayList<>();
    for (String word : command.words().subList(1, command.words().size())) {
      if (word.startsWith("-") && operands.isEmpty()) {
        batch |= word.indexOf('b') > 0;
        toStdout |= word.indexOf('n') > 0;
      } else {
        operands.add(word);
      }
    }
    int place = toStdout ? 1 : 2;
    if (batch && operands.size() > place) {
      take("htpasswd -b … ", operands.get(place), found);
    }
  }

  private static void redis(ShellCommand command, String program, List<CommandSecret> found) {
    for (int i = 1; i < command.words().size(); i++) {
      switch (command.word(i).toLowerCase(Locale.ROOT)) {
        case "auth" -> take(program + " AUTH ", command.words().getLast(), found);
        case "requirepass", "masterauth" ->
            take(program + " CONFIG SET REQUIREPASS ", command.word(i + 1), found);
        default -> {}
      }
    }
  }

  /** {@code psql "host=db user=app password=secret"}. */
  private static void connectionString(
      ShellCommand command, String program, List<CommandSecret> found) {
    for (String word : command.words()) {
      int start = word.indexOf(" password=");
      if (start > 0) {
        String rest = word.substring(start + " password=".length());
        int end = rest.indexOf(' ');
        take(program + " password=", end < 0 ? rest : rest.substring(0, end), found);
      }
    }
  }

  /** {@code sqlplus user/password@database}. */
  private static void sqlplus(ShellCommand command, List<CommandSecret> found) {
    for (String word : command.words().subList(1, command.words().size())) {
      int slash = word.indexOf('/');
      int at = word.indexOf('@', slash + 1);
      if (slash > 0 && word.indexOf(' ') < 0) {
        take("sqlplus …/", word.substring(slash + 1, at < 0 ? word.length() : at), found);
        return;
      }
    }
  }

  /** {@code kubectl create secret generic x --from-literal=name=value}. */
  private static void literals(ShellCommand command, String program, List<CommandSecret> found) {
    String option = "--from-literal";
    for (int i = 1; i < command.words().size(); i++) {
      String word = command.word(i);
      String literal =
          word.startsWith(option + "=")
              ? word.substring(option.length() + 1)
              : word.equals(option) ? command.word(i + 1) : "";
      int equals = literal.indexOf('=');
      if (equals > 0
          && SecretNames.isSecret(literal.substring(0, equals), literal.substring(equals + 1))) {
        take(program + " " + option + "=…=", literal.substring(equals + 1), found);
      }
    }
  }

  /** {@code cvs -d :pserver:user:password@host:/root}. */
  private static void cvsRoot(ShellCommand command, List<CommandSecret> found) {
    for (String word : command.words()) {
      int at = word.lastIndexOf('@');
      if (word.startsWith(":") && at > 0) {
        String[] parts = word.substring(0, at).split(":", 4);
        if (parts.length == 4) {
          take(":" + parts[1] + ":…:", parts[3], found);
        }
      }
    }
  }

  /** {@code vault login TOKEN}. */
  private static void vaultLogin(ShellCommand command, List<CommandSecret> found) {
    String token = command.word(2);
    if (command.word(1).equals("login") && !token.startsWith("-") && token.indexOf('=') < 0) {
      take("vault login ", token, found);
    }
  }

  /** {@code mc alias set NAME URL ACCESSKEY SECRETKEY}. */
  private static void minio(ShellCommand command, String program, List<CommandSecret> found) {
    int set = Math.max(command.words().indexOf("set"), command.words().indexOf("add"));
    if (set > 1 && command.words().size() > set + 4) {
      take(program + " alias set … ", command.word(set + 4), found);
    }
  }

  /** {@code openssl passwd -6 PASSWORD}. */
  private static void opensslPasswd(ShellCommand command, List<CommandSecret> found) {
    String last = command.words().getLast();
    String before = command.word(command.words().size() - 2);
    if (command.word(1).equals("passwd")
        && command.words().size() > 2
        && !last.startsWith("-")
        && !before.equals("-salt")
        && !before.equals("-in")) {
      take("openssl passwd ", last, found);
    }
  }
}
