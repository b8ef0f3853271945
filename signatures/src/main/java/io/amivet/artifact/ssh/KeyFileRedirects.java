package io.amivet.artifact.ssh;

import io.amivet.artifact.Account;
import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.Fields;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.TextLines;
import io.amivet.artifact.account.ShadowFile;
import io.amivet.artifact.ssh.SshdConfig.Directive;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The keys that {@code AuthorizedKeysFile} and {@code TrustedUserCAKeys} lead sshd to, away from
 * {@code ~/.ssh}, where nobody who cleans an image looks.
 */
final class KeyFileRedirects {
  private static final int MAX_TARGETS = 2_000;

  private final SshdConfig config;
  private final ArtifactFile file;
  private final ImageView image;
  private final ShadowFile shadow;
  private final Set<String> visited = new HashSet<>();

  KeyFileRedirects(SshdConfig config, ArtifactFile file, ImageView image) {
    this.config = config;
    this.file = file;
    this.image = image;
    this.shadow = ShadowFile.read(image);
  }

  List<Artifact> artifacts() {
    List<Artifact> artifacts = new ArrayList<>();
    for (Directive directive : config.effective()) {
      switch (directive.keyword()) {
        case "authorizedkeysfile" -> authorizedKeys(directive, artifacts);
        case "trustedusercakeys" -> trustedAuthorities(directive, artifacts);
        default -> {}
      }
    }
    return artifacts;
  }

  private void authorizedKeys(Directive directive, List<Artifact> artifacts) {
    for (String pattern : directive.arguments()) {
      if (isUsualPlace(pattern)) {
        continue;
      }
      Fields fields = Fields.of("pattern", pattern).and("match", directive.match());
      artifacts.add(
          SshdConfigParser.fact(
              "redirect", directive, file, "AuthorizedKeysFile " + pattern, fields));
      for (Account account : image.accounts()) {
        expand(pattern, account).ifPresent(path -> keysOf(path, account, directive, artifacts));
      }
    }
  }

  private static boolean isUsualPlace(String pattern) {
    return pattern.equalsIgnoreCase("none")
        || pattern.startsWith(".ssh/")
        || pattern.startsWith("%h/.ssh/");
  }

  /** TOKENS of sshd_config(5); a relative result lies in the home directory. */
  static Optional<String> expand(String pattern, Account account) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c != '%') {
        path.append(c);
        continue;
      }
      char token = ++i < pattern.length() ? pattern.charAt(i) : ' ';
      switch (token) {
        case '%' -> path.append('%');
        case 'h' -> path.append(account.home());
        case 'u' -> path.append(account.name());
        case 'U' -> path.append(account.uid());
        default -> {
          return Optional.empty();
        }
      }
    }
    String result = path.toString();
    String absolute = result.startsWith("/") ? result : account.home() + "/" + result;
    return absolute.startsWith("/") ? Optional.of(absolute) : Optional.empty();
  }

  private void keysOf(String path, Account account, Directive directive, List<Artifact> artifacts) {
    // A file without tokens serves every account; its keys are told once.
    if (visited.size() >= MAX_TARGETS || !visited.add(path)) {
      return;
    }
    image
        .read(path)
        .ifPresent(target -> {
          boolean shared = !path.contains(account.name()) && !path.startsWith(account.home());
          KeyOwner owner = shared ? new KeyOwner("", "") : KeyOwner.ofAccount(account, shadow);
          addKeys("redirected-key", target, owner, directive, artifacts);
        });
  }

  private void trustedAuthorities(Directive directive, List<Artifact> artifacts) {
    if (directive.arguments().isEmpty() || directive.value().equalsIgnoreCase("none")) {
      return;
    }
    int before = artifacts.size();
    image
        .read(directive.arguments().getFirst())
        .ifPresent(
            target -> addKeys("user-ca", target, new KeyOwner("", ""), directive, artifacts));
    if (artifacts.size() == before) {
      Fields fields = Fields.of("target", directive.value()).and("match", directive.match());
      artifacts.add(
          SshdConfigParser.fact(
              "user-ca", directive, file, "TrustedUserCAKeys " + directive.value(), fields));
    }
  }

  private void addKeys(
      String kind,
      ArtifactFile target,
      KeyOwner owner,
      Directive directive,
      List<Artifact> artifacts) {
    int keys = 0;
    for (TextLines.Line line : TextLines.of(target)) {
      AuthorizedKey key = AuthorizedKey.parse(line.text()).orElse(null);
      if (key == null || keys++ >= AuthorizedKeysParser.MAX_KEYS) {
        continue;
      }
      KeyFacts facts = new KeyFacts(key, owner, line.number(), line.offset());
      Fields fields =
          facts
              .fields()
              .and("target", target.path())
              .and("targetLine", Integer.toString(line.number()))
              .and("standing", owner.standing())
              .and("match", directive.match());
      artifacts.add(
          SshdConfigParser.fact(
              kind, directive, file, facts.summary() + " in " + target.path(), fields));
    }
  }
}
