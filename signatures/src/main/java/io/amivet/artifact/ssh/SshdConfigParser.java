package io.amivet.artifact.ssh;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.Fields;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.account.ShadowFile;
import io.amivet.artifact.ssh.SshdConfig.Directive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the SSH server of the image will do: its effective settings, defaults included, and the keys
 * of files that it was redirected to (sshd_config(5)).
 */
final class SshdConfigParser implements ArtifactParser {
  private static final int MAX_ARTIFACTS = 2_000;

  /** Where absence is a value that rules ask for. Defaults of OpenSSH 7.0 and later. */
  private static final Map<String, String> DEFAULTS =
      Map.of("passwordauthentication", "yes", "kbdinteractiveauthentication", "yes");

  /** Values in these may be anything, so they are not shown. */
  private static final Set<String> UNSHOWN = Set.of("setenv", "ignored");

  /** sshd compares these in any case. */
  private static final Set<String> FLAGS = Set.of("yes", "no");

  @Override
  public String name() {
    return "sshd-config";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    boolean overridden =
        file.path().startsWith("/usr/etc/") && image.read("/etc/ssh/sshd_config").isPresent();
    if (overridden) {
      return List.of();
    }
    SshdConfig config = SshdConfigReader.read(file, image);
    String rootPassword = rootPassword(image);
    List<Artifact> artifacts = new ArrayList<>();
    for (Directive directive : config.effective()) {
      if (!UNSHOWN.contains(directive.keyword())) {
        artifacts.add(setting(directive, config, file, rootPassword));
      }
    }
    DEFAULTS.keySet().stream()
        .sorted()
        .filter(keyword -> config.global(keyword).isEmpty())
        .forEach(keyword -> artifacts.add(defaultSetting(keyword, config)));
    artifacts.addAll(new KeyFileRedirects(config, file, image).artifacts());
    return artifacts.size() > MAX_ARTIFACTS ? artifacts.subList(0, MAX_ARTIFACTS) : artifacts;
  }

  private static Artifact setting(
      Directive directive, SshdConfig config, ArtifactFile file, String rootPassword) {
    String value = directive.value();
    String lower = value.toLowerCase(Locale.ROOT);
    Fields fields =
        Fields.of("keyword", directive.keyword())
            .and("value", FLAGS.contains(lower) ? lower : value)
            .and("source", "explicit")
            .and("match", directive.match())
            .and("file", directive.file().equals(file.path()) ? "" : directive.file());
    switch (directive.keyword()) {
      case "permitrootlogin" -> fields.and("rootPassword", rootPassword);
      case "kbdinteractiveauthentication" -> fields.and("usePam", usePam(config));
      case "authorizedkeyscommand", "authorizedprincipalscommand" ->
          fields.and("program", program(directive));
      default -> {}
    }
    String kind = directive.match().isEmpty() ? "setting" : "match-setting";
    return fact(kind, directive, file, directive.keyword() + " " + value, fields);
  }

  private static Artifact defaultSetting(String keyword, SshdConfig config) {
    String value = DEFAULTS.getOrDefault(keyword, "");
    Fields fields = Fields.of("keyword", keyword).and("value", value).and("source", "default");
    if (keyword.equals("kbdinteractiveauthentication")) {
      fields.and("usePam", usePam(config));
    }
    Evidence evidence = Evidence.of(keyword + " is not set and defaults to " + value);
    return new Artifact("setting", 0, -1, evidence, fields.map(), List.of());
  }

  /** Lines and offsets hold for the file that the finding names, not for what it includes. */
  static Artifact fact(
      String kind, Directive directive, ArtifactFile file, String evidence, Fields fields) {
    boolean here = directive.file().equals(file.path());
    String place = here ? "" : " (" + directive.file() + ":" + directive.line() + ")";
    return new Artifact(
        kind,
        here ? directive.line() : 0,
        here ? directive.offset() : -1,
        Evidence.of(evidence + place),
        fields.map(),
        List.of());
  }

  private static String usePam(SshdConfig config) {
    return config.globalValue("usepam", "no").toLowerCase(Locale.ROOT);
  }

  private static String rootPassword(ImageView image) {
    return ShadowFile.read(image)
        .passwordOf("root")
        .map(field -> field.isLocked() ? "locked" : "usable")
        .orElse("unknown");
  }

  private static String program(Directive directive) {
    String path = directive.arguments().isEmpty() ? "" : directive.arguments().getFirst();
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
