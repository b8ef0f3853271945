package io.amivet.artifact.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.MemoryImage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SshdConfigParserTest {
  private static final String MAIN = "/etc/ssh/sshd_config";

  private static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIN1YdxBpNlzxDqfJyw/QKow1F+wvG9hXGoqiysfJOn5Y ops@hq\n";

  @Test
  void theFirstValueWinsInWhateverSpelling() {
    List<Artifact> facts =
        parse(
            new MemoryImage()
                .with(MAIN, "# x\n permitROOTlogin=\"yes\" # why\nPermitRootLogin no\n"));

    Artifact setting = setting(facts, "setting", "permitrootlogin").orElseThrow();
    assertThat(setting.fields()).containsEntry("value", "yes").containsEntry("source", "explicit");
    assertThat(setting.line()).isEqualTo(2);
  }

  @Test
  void includesCountWhereTheyStand() {
    MemoryImage image =
        new MemoryImage()
            .with(MAIN, "Include sshd_config.d/*.conf\nPasswordAuthentication no\n")
            .with("/etc/ssh/sshd_config.d/60-b.conf", "PasswordAuthentication no\n")
            .with("/etc/ssh/sshd_config.d/50-a.conf", "PasswordAuthentication yes\n");

    Artifact setting = setting(parse(image), "setting", "passwordauthentication").orElseThrow();
    assertThat(setting.fields())
        .containsEntry("value", "yes")
        .containsEntry("file", "/etc/ssh/sshd_config.d/50-a.conf");
    assertThat(setting.line()).isZero();
  }

  @Test
  void includesThatIncludeThemselvesEnd() {
    MemoryImage image = new MemoryImage().with(MAIN, "Include sshd_config\nInclude sshd_config\n");

    assertThat(setting(parse(image), "setting", "passwordauthentication")).isPresent();
  }

  @Test
  void matchBlocksDoNotSpeakForTheRest() {
    List<Artifact> facts =
        parse(
            new MemoryImage()
                .with(
                    MAIN, "Match User ops\n  PasswordAuthentication yes\n  PermitRootLogin yes\n"));

    assertThat(setting(facts, "setting", "permitrootlogin")).isEmpty();
    assertThat(setting(facts, "match-setting", "permitrootlogin").orElseThrow().fields())
        .containsEntry("match", "User ops");
    assertThat(setting(facts, "setting", "passwordauthentication").orElseThrow().fields())
        .containsEntry("source", "default")
        .containsEntry("value", "yes");
  }

  @Test
  void followsRedirectedKeyFilesOfEveryAccount() {
    MemoryImage image =
        new MemoryImage()
            .with(MAIN, "AuthorizedKeysFile .ssh/authorized_keys /etc/ssh/keys/%u .keys\n")
            .with(
                "/etc/passwd",
                "root:x:0:0:root:/root:/bin/bash\nops:x:1001:1001::/home/ops:/bin/bash\n")
            .with("/etc/ssh/keys/ops", KEY)
            .with("/home/ops/.keys", "# none\n" + KEY);

    List<Artifact> facts = parse(image);

    assertThat(facts)
        .filteredOn(fact -> fact.kind().equals("redirect"))
        .extracting(fact -> fact.fields().get("pattern"))
        .containsExactly("/etc/ssh/keys/%u", ".keys");
    assertThat(facts)
        .filteredOn(fact -> fact.kind().equals("redirected-key"))
        .extracting(fact -> fact.fields().get("target") + " " + fact.fields().get("user"))
        .containsExactly("/etc/ssh/keys/ops ops", "/home/ops/.keys ops");
  }

  @Test
  void readsTrustedAuthorities() {
    MemoryImage image =
        new MemoryImage()
            .with(MAIN, "TrustedUserCAKeys /etc/ssh/ca.pub\n")
            .with("/etc/ssh/ca.pub", KEY);

    assertThat(parse(image))
        .filteredOn(fact -> fact.kind().equals("user-ca"))
        .extracting(fact -> fact.fields().get("comment"))
        .containsExactly("ops@hq");
  }

  @Test
  void splitsWordsAsSshdDoes() {
    assertThat(SshdConfigReader.words("  Banner = \"a b\"\tc # d"))
        .containsExactly("Banner", "a b", "c");
    assertThat(SshdConfigReader.words("#x")).isEmpty();
    assertThat(SshdConfigReader.words("SetEnv A=b")).containsExactly("SetEnv", "A=b");
  }

  private static List<Artifact> parse(ImageView image) {
    return new SshdConfigParser().parse(image.read(MAIN).orElseThrow(), image);
  }

  private static Optional<Artifact> setting(List<Artifact> facts, String kind, String keyword) {
    return facts.stream()
        .filter(f -> f.kind().equals(kind) && keyword.equals(f.fields().get("keyword")))
        .findFirst();
  }
}
