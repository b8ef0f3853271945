package io.amivet.artifact;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code /etc/passwd} (passwd(5)). Tolerant as the C library is: lines that are not records
 * are passed over; a missing shell is {@code /bin/sh}, as login(1) takes it.
 */
public final class Accounts {
  private static final int MAX_ACCOUNTS = 10_000;
  private static final int MIN_FIELDS = 6;

  private Accounts() {}

  public static List<Account> parse(byte[] passwd) {
    List<Account> accounts = new ArrayList<>();
    for (TextLines.Line line : TextLines.of(passwd)) {
      if (accounts.size() == MAX_ACCOUNTS) {
        break;
      }
      String[] fields = line.text().split(":", -1);
      if (fields.length < MIN_FIELDS || !isName(fields[0])) {
        continue;
      }
      long uid = id(fields[2]);
      long gid = id(fields[3]);
      if (uid >= 0 && gid >= 0) {
        String shell = fields.length > MIN_FIELDS ? fields[6].strip() : "";
        accounts.add(
            new Account(
                fields[0], uid, gid, fields[4], fields[5], shell.isEmpty() ? "/bin/sh" : shell));
      }
    }
    return List.copyOf(accounts);
  }

  /** Entries that start with + or - are for NIS, comments with #. */
  private static boolean isName(String name) {
    return !name.isBlank() && "+-#".indexOf(name.charAt(0)) < 0;
  }

  private static long id(String digits) {
    if (digits.isEmpty() || digits.length() > 10) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value <= 0xffff_ffffL ? value : -1;
  }
}
