package io.amivet.artifact.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.MemoryImage;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShadowParserTest {

  /** The word is {@code toor}; made by mkpasswd. */
  private static final String MD5_TOOR = "$1$saltsalt$fz9m3OoeOUZ50I722c9rH/";

  private static final String PASSWD =
      "root:x:0:0:root:/root:/bin/bash\nmail:x:8:8::/var/mail:/usr/sbin/nologin\n";

  @Test
  void theHashAndTheWordStayHidden() {
    List<Artifact> facts = shadow("root:" + MD5_TOOR + ":19000:0:99999:7:::\n");

    assertThat(facts).extracting(Artifact::kind).containsExactly("default-password");
    assertThat(facts)
        .allSatisfy(fact -> {
          assertThat(fact.toString()).doesNotContain("fz9m3").doesNotContain("toor");
          assertThat(fact.evidence().revealed()).doesNotContain("fz9m3");
          assertThat(fact.fields()).containsEntry("scheme", "md5").containsEntry("uid", "0");
        });
  }

  @Test
  void anEmptyPasswordNeedsAShell() {
    assertThat(shadow("root::19000::::::\n")).hasSize(1);
    assertThat(shadow("mail::19000::::::\n")).isEmpty();
    assertThat(shadow("ghost::19000::::::\n")).isEmpty();
  }

  @Test
  void triesTheHostName() {
    String hash = "$5$rounds=1000$saltsaltsaltsalt$e8WRnvNq8/CJD1jdomn6HDDG1g4GqdLSk9Ns/nstBu1";
    MemoryImage image = new MemoryImage().with("/etc/hostname", "changeme\n");

    assertThat(parse("root:" + hash + ":::::::\n", image).getFirst().fields())
        .containsEntry("defaultPassword", "found: host name");
  }

  @Test
  void manyCostlyHashesEndWithinTheBudget() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      text.append("u").append(i).append(":$y$jAT$abcdefgh$").append("a".repeat(43)).append(":::\n");
    }
    List<Artifact> facts = parse(text.toString(), new MemoryImage());

    assertThat(facts).hasSize(500);
    assertThat(facts.getLast().fields().get("defaultPassword")).startsWith("not tried");
  }

  private static List<Artifact> shadow(String text) {
    return parse(text, new MemoryImage().with("/etc/passwd", PASSWD));
  }

  private static List<Artifact> parse(String text, MemoryImage image) {
    ImageView view = image.with("/etc/shadow", text);
    return new ShadowParser().parse(view.read("/etc/shadow").orElseThrow(), view);
  }
}
