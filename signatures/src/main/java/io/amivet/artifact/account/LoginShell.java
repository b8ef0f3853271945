package io.amivet.artifact.account;

import java.util.Set;

/** Whether the shell of an account lets its owner in. */
final class LoginShell {

  /** By base name: they print a message or run one command, and end the session. */
  private static final Set<String> REFUSING =
      Set.of("nologin", "false", "true", "sync", "halt", "shutdown", "reboot", "poweroff", "null");

  private LoginShell() {}

  /** An empty field means {@code /bin/sh} (passwd(5)). */
  static boolean admits(String shell) {
    return !REFUSING.contains(shell.substring(shell.lastIndexOf('/') + 1));
  }
}
