package io.amivet.artifact.account;

import io.amivet.artifact.Account;
import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.Fields;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.Secret;
import io.amivet.artifact.account.DefaultPasswords.Guess;
import io.amivet.artifact.account.DefaultPasswords.Outcome;
import io.amivet.artifact.account.PasswordField.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Password hashes of a {@code shadow} file or of a backup of one (shadow(5)). Hashes become {@link
 * Secret}s and nothing else; what is shown is the scheme.
 */
final class ShadowParser implements ArtifactParser {

  @Override
  public String name() {
    return "shadow";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    PasswdFile passwd = companion(file.path(), image);
    List<ShadowFile.Entry> entries = ShadowFile.parse(file).entries();
    Map<Guess, Outcome> outcomes =
        DefaultPasswords.of(image).search(entries.stream().map(ShadowParser::guess).toList());
    List<Artifact> artifacts = new ArrayList<>();
    for (ShadowFile.Entry entry : entries) {
      Optional<Account> account = passwd.account(entry.name());
      switch (entry.password().state()) {
        case EMPTY -> {
          // Without a passwd line there is nobody to log in; without any passwd, assume there is.
          boolean admitted = account.map(a -> LoginShell.admits(a.shell())).orElse(false);
          if (admitted || passwd.entries().isEmpty()) {
            artifacts.add(fact("empty-password", entry, fields(entry, account)));
          }
        }
        case USABLE -> artifacts.add(usable(entry, account, outcomes));
        case LOCKED_HASH -> artifacts.add(fact("locked-hash", entry, fields(entry, account)));
        case LOCKED, ELSEWHERE, INVALID -> {}
      }
    }
    return artifacts;
  }

  /** A hash of a known word is told as that, and not as a usable hash again. */
  private static Artifact usable(
      ShadowFile.Entry entry, Optional<Account> account, Map<Guess, Outcome> outcomes) {
    Outcome outcome = outcomes.getOrDefault(guess(entry), Outcome.SKIPPED);
    Fields fields = fields(entry, account).and("defaultPassword", outcome.toString());
    return fact(outcome.found() ? "default-password" : "usable-hash", entry, fields);
  }

  private static Fields fields(ShadowFile.Entry entry, Optional<Account> account) {
    PasswordField password = entry.password();
    return Fields.of("user", entry.name())
        .and("uid", account.map(a -> Long.toString(a.uid())).orElse(""))
        .and("scheme", password.scheme())
        .and("cost", password.cost())
        .and("strength", password.isWeak() ? "weak" : "");
  }

  private static Artifact fact(String kind, ShadowFile.Entry entry, Fields fields) {
    PasswordField password = entry.password();
    String what =
        switch (password.state()) {
          case EMPTY -> "no password";
          case LOCKED_HASH -> password.scheme() + " hash behind a lock";
          default ->
              password.scheme()
                  + " hash"
                  + (kind.equals("default-password")
                      ? " of a word that images ship with"
                      : password.isWeak() ? ", cheap to guess at" : "");
        };
    List<Secret> secrets =
        password.state() == State.EMPTY ? List.of() : List.of(Secret.ofLatin1(password.hash()));
    return new Artifact(
        kind,
        entry.line(),
        entry.offset(),
        Evidence.of(entry.name() + ": " + what),
        fields.map(),
        secrets);
  }

  /** The passwd beside the file (a container layer has its own), or else that of the image. */
  private static PasswdFile companion(String path, ImageView image) {
    String directory = path.substring(0, path.lastIndexOf('/') + 1);
    return image
        .read(directory + "passwd")
        .or(() -> image.read("/etc/passwd"))
        .map(PasswdFile::parse)
        .orElse(new PasswdFile(List.of()));
  }

  private static Guess guess(ShadowFile.Entry entry) {
    return new Guess(entry.name(), entry.password());
  }
}
