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

/** Accounts of a {@code passwd} file that should not be as they are (passwd(5)). */
final class PasswdParser implements ArtifactParser {

  @Override
  public String name() {
    return "passwd";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    ShadowFile shadow = companion(file.path(), image);
    List<PasswdFile.Entry> entries = PasswdFile.parse(file).entries();
    Map<Guess, Outcome> outcomes =
        DefaultPasswords.of(image).search(entries.stream().map(PasswdParser::guess).toList());
    List<Artifact> artifacts = new ArrayList<>();
    for (PasswdFile.Entry entry : entries) {
      Account account = entry.account();
      State state = entry.password().state();
      boolean admitted = LoginShell.admits(account.shell());
      if (account.uid() == 0 && !account.name().equals("root")) {
        artifacts.add(fact("second-root", entry, admitted ? "admits" : "refuses"));
      }
      if (state == State.EMPTY && admitted) {
        artifacts.add(fact("empty-password", entry, ""));
      }
      Outcome outcome = outcomes.getOrDefault(guess(entry), Outcome.NONE);
      if (outcome.found()) {
        artifacts.add(
            fact("default-password", entry, "").withField("defaultPassword", outcome.toString()));
      } else if (state == State.USABLE || state == State.LOCKED_HASH) {
        artifacts.add(fact("hash-in-passwd", entry, ""));
      }
      // An account already told of is not told of again for its login.
      boolean told = account.uid() == 0 || state == State.EMPTY || state == State.USABLE;
      String login = admitted && !told ? login(entry, shadow, image) : "";
      if (!login.isEmpty()) {
        artifacts.add(fact("login-account", entry, login));
      }
    }
    return artifacts;
  }

  private static Guess guess(PasswdFile.Entry entry) {
    return new Guess(entry.account().name(), entry.password());
  }

  /** How the account lets its owner in: {@code password}, {@code key}, or empty. */
  private static String login(PasswdFile.Entry entry, ShadowFile shadow, ImageView image) {
    Optional<PasswordField> shadowed = shadow.passwordOf(entry.account().name());
    State state = shadowed.orElse(entry.password()).state();
    if (state == State.USABLE || state == State.EMPTY) {
      return "password";
    }
    String home = entry.account().home();
    boolean key =
        home.startsWith("/")
            && (isFilled(image, home + "/.ssh/authorized_keys")
                || isFilled(image, home + "/.ssh/authorized_keys2"));
    return key ? "key" : "";
  }

  private static boolean isFilled(ImageView image, String path) {
    return image.read(path).map(file -> file.latin1().contains("AAAA")).orElse(false);
  }

  private static ShadowFile companion(String path, ImageView image) {
    String directory = path.substring(0, path.lastIndexOf('/') + 1);
    return image
        .read(directory + "shadow")
        .or(() -> image.read("/etc/shadow"))
        .map(ShadowFile::parse)
        .orElse(new ShadowFile(List.of()));
  }

  private static Artifact fact(String kind, PasswdFile.Entry entry, String detail) {
    Account account = entry.account();
    Fields fields =
        Fields.of("user", account.name())
            .and("uid", Long.toString(account.uid()))
            .and("home", account.home())
            .and("shell", account.shell())
            .and("scheme", entry.password().scheme())
            .and(kind.equals("login-account") ? "login" : "shellState", detail);
    String hash = entry.password().hash();
    return new Artifact(
        kind,
        entry.line(),
        entry.offset(),
        Evidence.of(account.name() + ": uid " + account.uid() + ", shell " + account.shell()),
        fields.map(),
        hash.isEmpty() ? List.of() : List.of(Secret.ofLatin1(hash)));
  }
}
