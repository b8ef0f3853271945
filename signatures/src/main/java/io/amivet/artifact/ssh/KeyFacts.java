package io.amivet.artifact.ssh;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.Evidence;
import io.amivet.artifact.Fields;
import io.amivet.artifact.key.PublishedKeys;
import io.amivet.artifact.ssh.AuthorizedKey.KeyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What one authorized key gives away; each fact is its own artifact, for a rule of its own. */
record KeyFacts(AuthorizedKey key, KeyOwner owner, int line, long offset) {

  /** A comment is a name, not a document. */
  private static final int MAX_SHOWN = 256;

  private static final Set<String> POWERFUL_OPTIONS =
      Set.of("command", "environment", "tunnel", "permitopen", "permitlisten", "port-forwarding");

  private static final List<String> BUILDER_MARKS =
      List.of("packer", "imported-openssh-key", "kitchen", "terraform", "vagrant");

  List<Artifact> artifacts() {
    List<Artifact> artifacts = new ArrayList<>();
    artifacts.add(fact(isCertificateAuthority() ? "cert-authority" : "authorized-key", fields()));
    PublishedKeys.nameOf(key.key().fingerprint())
        .ifPresent(name ->
            artifacts.add(
                fact("published-key", fields().and("reason", "published").and("name", name))));
    weakness().ifPresent(why -> artifacts.add(fact("weak-key", fields().and("reason", why))));
    if (owner.standing().equals("uid-0") || owner.standing().equals("locked-password")) {
      artifacts.add(fact("privileged-key", fields().and("standing", owner.standing())));
    }
    if (key.options().stream().anyMatch(option -> POWERFUL_OPTIONS.contains(option.name()))) {
      artifacts.add(fact("key-option", fields().and("command", commandProgram())));
    }
    builderMark()
        .ifPresent(mark -> artifacts.add(fact("builder-key", fields().and("builder", mark))));
    return artifacts;
  }

  private boolean isCertificateAuthority() {
    return key.has("cert-authority");
  }

  /** NIST SP 800-131A withdrew moduli under 2,048 bits; OpenSSH dropped DSA. */
  private Optional<String> weakness() {
    if (key.key().type().startsWith("ssh-dss")) {
      return Optional.of("dsa");
    }
    boolean shortRsa = key.key().type().startsWith("ssh-rsa") && key.key().bits() < 2048;
    return shortRsa ? Optional.of("short-rsa") : Optional.empty();
  }

  private Optional<String> builderMark() {
    String comment = key.comment().toLowerCase(Locale.ROOT);
    return BUILDER_MARKS.stream().filter(comment::contains).findFirst();
  }

  /** Only the first word of a forced command: its arguments may hold secrets. */
  private String commandProgram() {
    return key.options().stream()
        .filter(option -> option.name().equals("command"))
        .map(option -> shortened(option.value().strip().split("\\s", 2)[0]))
        .findFirst()
        .orElse("");
  }

  Fields fields() {
    return Fields.of("user", owner.user())
        .and("type", key.key().type())
        .and("bits", Integer.toString(key.key().bits()))
        .and("fingerprint", key.key().fingerprint())
        .and("comment", comment())
        .and("options", shortened(optionNames()));
  }

  private String optionNames() {
    return key.options().stream().map(KeyOption::name).collect(Collectors.joining(","));
  }

  /** The key in one line, as {@code ssh-keygen -l} identifies it. */
  String summary() {
    String comment = comment();
    return key.key().type()
        + " "
        + key.key().fingerprint()
        + (comment.isEmpty() ? "" : " " + comment);
  }

  private String comment() {
    return shortened(key.comment());
  }

  private static String shortened(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
  }

  private Artifact fact(String kind, Fields fields) {
    return new Artifact(kind, line, offset, Evidence.of(summary()), fields.map(), List.of());
  }
}
