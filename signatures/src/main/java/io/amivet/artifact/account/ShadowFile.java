package io.amivet.artifact.account;

import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines of a {@code shadow} file (shadow(5)): name, password field, and dates left unread. */
public record ShadowFile(List<Entry> entries) {
  private static final int MAX_ENTRIES = 10_000;

  public ShadowFile {
    entries = List.copyOf(entries);
  }

  record Entry(int line, long offset, String name, PasswordField password) {}

  /** The image's own {@code /etc/shadow}; without entries if it has none. */
  public static ShadowFile read(ImageView image) {
    return image.read("/etc/shadow").map(ShadowFile::parse).orElse(new ShadowFile(List.of()));
  }

  static ShadowFile parse(ArtifactFile file) {
    List<Entry> entries = new ArrayList<>();
    for (TextLines.Line line : TextLines.of(file)) {
      String[] fields = line.text().split(":", -1);
      // glibc wants the password field at least; the aging fields are nine in all, often fewer.
      if (fields.length >= 2
          && fields.length <= 9
          && LoginName.isValid(fields[0])
          && entries.size() < MAX_ENTRIES) {
        PasswordField password = PasswordField.parse(fields[1]);
        entries.add(new Entry(line.number(), line.offset(), fields[0], password));
      }
    }
    return new ShadowFile(entries);
  }

  /** The field of the first line that names the account, as getspnam(3) finds it. */
  public Optional<PasswordField> passwordOf(String name) {
    return entries.stream()
        .filter(entry -> entry.name().equals(name))
        .map(Entry::password)
        .findFirst();
  }
}
