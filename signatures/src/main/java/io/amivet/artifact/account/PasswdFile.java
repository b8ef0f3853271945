package io.amivet.artifact.account;

import io.amivet.artifact.Account;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The lines of a {@code passwd} file (passwd(5)), with their password fields. */
record PasswdFile(List<Entry> entries) {
  private static final int MAX_ENTRIES = 10_000;

  PasswdFile {
    entries = List.copyOf(entries);
  }

  record Entry(int line, long offset, Account account, PasswordField password) {}

  static PasswdFile parse(ArtifactFile file) {
    List<Entry> entries = new ArrayList<>();
    for (TextLines.Line line : TextLines.of(file)) {
      String[] fields = line.text().split(":", -1);
      if (fields.length == 7 && LoginName.isValid(fields[0]) && entries.size() < MAX_ENTRIES) {
        OptionalLong uid = id(fields[2]);
        OptionalLong gid = id(fields[3]);
        if (uid.isPresent() && gid.isPresent()) {
          Account account =
              new Account(
                  fields[0], uid.getAsLong(), gid.getAsLong(), fields[4], fields[5], fields[6]);
          PasswordField password = PasswordField.parse(fields[1]);
          entries.add(new Entry(line.number(), line.offset(), account, password));
        }
      }
    }
    return new PasswdFile(entries);
  }

  Optional<Account> account(String name) {
    return entries.stream().map(Entry::account).filter(a -> a.name().equals(name)).findFirst();
  }

  /** Decimal as strtoul(3) reads it, leading zeros included: {@code 00} is root too. */
  private static OptionalLong id(String text) {
    if (text.isEmpty() || text.length() > 20 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.empty();
    }
    java.math.BigInteger value = new java.math.BigInteger(text);
    return value.bitLength() <= 32 ? OptionalLong.of(value.longValue()) : OptionalLong.empty();
  }
}
