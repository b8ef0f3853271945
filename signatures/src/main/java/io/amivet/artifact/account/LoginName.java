package io.amivet.artifact.account;

/** What may stand for a user in passwd and shadow. */
final class LoginName {
  private LoginName() {}

  /**
   * Wider than useradd(8) allows, since hostile and directory accounts break its rules: anything
   * printable that is not a comment or an NIS entry.
   */
  static boolean isValid(String name) {
    if (name.isEmpty() || name.length() > 256 || "#+-".indexOf(name.charAt(0)) >= 0) {
      return false;
    }
    return name.chars().allMatch(c -> c > ' ' && c != 0x7f);
  }
}
