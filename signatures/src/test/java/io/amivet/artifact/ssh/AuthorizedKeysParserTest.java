package io.amivet.artifact.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.MemoryImage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and certificates were made by ssh-keygen, which also printed the fingerprints. */
final class AuthorizedKeysParserTest {
  private static final String ED25519 =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAID84wjUBLv3ZhwvJEkuqXxllg8pfDQjlKusw3Cq/" + "bJaK";

  private static final String RSA_1024 =
      "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDS3C1WptwVRSqhgzOmFY0Cv/uBybG1HoiaZrRa"
          + "QG4TfQchz5qwb1g4h/1TCwiH1ZrNogr6gjaxzm0SNDTb4SSvnLvgeI9MqTblZi8FoK/BiGRZmyNB"
          + "FDNQ826i95esFI4OVWq05k/ayLMmEBZs1vM63YoSIH+5RatA8m3WbF9rxQ== old@host";

  private static final String VAGRANT =
      "ssh-rsa AAAAB3NzaC1yc2EAAAABIwAAAQEA6NF8iallvQVp22WDkTkyrtvp9eWW6A8YVr+kz4Tj"
          + "GYe7gHzIw+niNltGEFHzD8+v1I2YJ6oXevct1YeS0o9HZyN1Q9qgCgzUFtdOKLv6IedplqoPkcmF"
          + "0aYet2PkEDo3MlTBckFXPITAMzF8dJSIFo9D8HfdOV0IAdx4O7PtixWKn5y2hMNG0zQPyUecp4pz"
          + "C6kivAIhyfHilFR61RGL+GPXQ2MWZWFYbAGjyiYJnAmCP3NOTd0jMZEnDkbUvxhMmBYSdETk1rRg"
          + "m+R4LOzFUGaHqHDLKLX+FIPKcF96hrucXzcWyLbIbEgE98OHlnVYCzRdK8jlqm8tehUc9c9WhQ=="
          + " vagrant insecure public key";

  private final AuthorizedKeysParser parser = new AuthorizedKeysParser();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAID84wjUBLv3ZhwvJEkuqXxllg8pfDQjlKusw3Cq/bJaK | ssh-ed25519 | 256 | SHA256:wzzi86gfRBAjhYNo6gpLAmHXHI0t2p08KTul2mFlM4c
          ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDUJsH497nIZhF3jn5q6j/GYr+unOiaF43TXlONpSq6yhxYt7tPt9HugstGlPG1M8tOhSDeO3Axfbe2JkreappngAoOf4XSXaE8+3eu1RxtngXJm8uutRRec/I5fnu6QNWelnFOvDf/zy6s4VcecjN8M5x1IKOfMOgLIaNhGMYKRU1O7BdqDBOdvFuNZO6x0sTrg9CkO6SLABFPMH2u7SEkXfjwi2SYgPwSOvXO287baXjMaqJXe81EmzqrmJuD7Wv9EcyZoY3Ta91jk13/8nr06c159KrhXOS8t8kzhu9foMXZaLbYe8POozgVgqzy2Yl9qpBGLvCTHjyMInahtj8d | ssh-rsa | 2048 | SHA256:Tg9ZNHHd3W0ICCvxw/8ujt/ALIMTwEhgeOoQN0zeRS4
          ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDS3C1WptwVRSqhgzOmFY0Cv/uBybG1HoiaZrRaQG4TfQchz5qwb1g4h/1TCwiH1ZrNogr6gjaxzm0SNDTb4SSvnLvgeI9MqTblZi8FoK/BiGRZmyNBFDNQ826i95esFI4OVWq05k/ayLMmEBZs1vM63YoSIH+5RatA8m3WbF9rxQ== | ssh-rsa | 1024 | SHA256:PaQYMOl544XGPY5+O8QeSefz33IMEkgHIAYRC1bJwGY
          ssh-dss AAAAB3NzaC1kc3MAAACBAO4xuVznpsRfNZDwKbgSPxrwdlkixYZc1Nt3tVKYn8uGy3nLaT4PS7wk8ZOyFdujVDhoWCR9828vP6TWjTr3IHCbhv2QzFLtlC4hEmIQyr96ZCB/b0TY2WtHL2qE4k9QcM1hRkRiSlcMFn3J3cn/giWjU403lCieuD7DBoUkWYUVAAAAFQD7N01SfADAqWl5HhQ/V3FFTxzyvQAAAIEA0QgddX8JwNtl5NaGgxmNSqVXyrDvlw56jtIqWXdMKX/CDffim2biTwykQRvtzwaKFL67AwuBjI62i/JvkXcVWFaWnydAT4/MRaOMI9vVML99OrXj8SQ+9uunUALQL1eDj+N7iHp3YEZM8Rf8ZSHQc1XWX3ufc4rfeFLJadD/EWgAAACAZ0ZfNoprZtQzTevuQrnl1aycHG/GxgStcsgQr8DE4Z8Tu9NAO5VOboLaKx+SXJE9s/WIew5nk0/1v/NfZfWqgHAiIHUs7oI3tRYEVhd3PyVVKFyxe5gXUeJhib7GMSDF/hpT2RaG607ZS5e5I1VbIPbVmpbVor3aAN8wwreeRoo= | ssh-dss | 1024 | SHA256:iitVcqL4QBgwo/0gNXVLjP6vgJ6Zdf3YhLV00A5wcVM
          ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAF64Htz3Xe42SI75SABbbqvAmEtRIH0fPAORn4y8pSDFISC/upMIQvTtgdKqrT/GOGD88NH9GN0yV0FejnVqAd2oAHQGbg6ab/VEhXNg3dB6JbRBit/U1bhe41fwXGhuU/6xIU3ymy9ETLJpm/GlY2xxQnrphLtqGPezk6zpTGj5XFAaA== | ecdsa-sha2-nistp521 | 521 | SHA256:IT4Jldlm9AQlJBymfuIqCwKpARYXlv9rmeFDqfcKypc
          ssh-ed25519-cert-v01@openssh.com AAAAIHNzaC1lZDI1NTE5LWNlcnQtdjAxQG9wZW5zc2guY29tAAAAIIeluS5PwBQzFkgn4Pgdaj6omaqaEBg9dOKAekvbxen0AAAAID84wjUBLv3ZhwvJEkuqXxllg8pfDQjlKusw3Cq/bJaKAAAAAAAAAAAAAAABAAAAAmlkAAAAAAAAAAAAAAAA//////////8AAAAAAAAAggAAABVwZXJtaXQtWDExLWZvcndhcmRpbmcAAAAAAAAAF3Blcm1pdC1hZ2VudC1mb3J3YXJkaW5nAAAAAAAAABZwZXJtaXQtcG9ydC1mb3J3YXJkaW5nAAAAAAAAAApwZXJtaXQtcHR5AAAAAAAAAA5wZXJtaXQtdXNlci1yYwAAAAAAAAAAAAAAMwAAAAtzc2gtZWQyNTUxOQAAACDf53SI95SdQ+Xgn7xAk/xjIrdH4WyQWfGyNiO/nZ42hAAAAFMAAAALc3NoLWVkMjU1MTkAAABAkiqWvVH2EpPrTlH5sD2pKhnSTpkre8wFLM4MY2TdyGjaATjVOJZM67AFf55xV8XSQIPR+gad/7pM9p/2yLsdCw== | ssh-ed25519-cert-v01@openssh.com | 256 | SHA256:wzzi86gfRBAjhYNo6gpLAmHXHI0t2p08KTul2mFlM4c
          sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAID84wjUBLv3ZhwvJEkuqXxllg8pfDQjlKusw3Cq/bJaKAAAABHNzaDo= | sk-ssh-ed25519@openssh.com | 256 | SHA256:UZfOhKHWgNUo/yQcdQOwKsnyiGqFp/qdj04UwlsTuSw
          """)
  void agreesWithSshKeygen(String line, String type, String bits, String fingerprint) {
    assertThat(only(parse("/x/authorized_keys", line + "\n")).fields())
        .containsEntry("type", type)
        .containsEntry("bits", bits)
        .containsEntry("fingerprint", fingerprint);
  }

  @Test
  void readsOptionsWithQuotesBlanksAndCommas() {
    String options = "from=\"10.0.0.0/8,192.0.2.1\",no-pty,command=\"/bin/run \\\"a b\\\", c\"";

    List<Artifact> facts = parse("/x/authorized_keys", options + " " + ED25519 + " me@host  x\n");

    assertThat(facts).extracting(Artifact::kind).containsExactly("authorized-key", "key-option");
    assertThat(facts.getFirst().fields())
        .containsEntry("options", "from,no-pty,command")
        .containsEntry("comment", "me@host  x");
    assertThat(facts.getLast().fields()).containsEntry("command", "/bin/run");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "# ssh-ed25519 AAAA",
        "ssh-ed25519",
        "ssh-ed25519 AAAA me",
        "command=\"unclosed ssh-ed25519 AAAA",
        "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl wrong type"
      })
  void ignoresWhatSshdIgnores(String line) {
    assertThat(parse("/x/authorized_keys", line + "\n")).isEmpty();
  }

  @Test
  void countsLinesAndAcceptsCrlf() {
    Artifact key = only(parse("/x/authorized_keys", "# mine\r\n\r\n" + ED25519 + " a@b\r\n"));

    assertThat(key.line()).isEqualTo(3);
    assertThat(key.offset()).isEqualTo(10);
    assertThat(key.fields()).containsEntry("comment", "a@b");
  }

  @Test
  void namesTheOwnerAndHisStanding() {
    ImageView image =
        new MemoryImage()
            .with(
                "/etc/passwd",
                "root:x:0:0:root:/root:/bin/bash\ndev:x:1000:1000::/data/dev:/bin/sh\n")
            .with("/etc/shadow", "root:*:19000::::::\ndev:!:19000::::::\n");

    assertThat(facts("/root/.ssh/authorized_keys", image))
        .extracting(fact -> fact.fields().getOrDefault("user", ""))
        .containsExactly("root", "root");
    assertThat(facts("/data/dev/.ssh/authorized_keys", image).getLast().fields())
        .containsEntry("user", "dev")
        .containsEntry("standing", "locked-password");
    assertThat(only(facts("/layer/home/ops/.ssh/authorized_keys", image)).fields())
        .containsEntry("user", "ops");
  }

  @Test
  void tellsPublishedWeakAndBuilderKeys() {
    assertThat(parse("/x/authorized_keys", VAGRANT + "\n"))
        .extracting(Artifact::kind)
        .containsExactly("authorized-key", "published-key", "builder-key");
    assertThat(parse("/x/authorized_keys", RSA_1024 + "\n"))
        .extracting(Artifact::kind)
        .containsExactly("authorized-key", "weak-key");
    assertThat(parse("/x/authorized_keys", "cert-authority " + ED25519 + "\n"))
        .extracting(Artifact::kind)
        .containsExactly("cert-authority");
  }

  private List<Artifact> facts(String path, ImageView image) {
    return parser.parse(file(path, ED25519 + "\n"), image);
  }

  private List<Artifact> parse(String path, String text) {
    return parser.parse(file(path, text), ImageView.empty());
  }

  private static ArtifactFile file(String path, String text) {
    return ArtifactFile.of(path, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Artifact only(List<Artifact> artifacts) {
    assertThat(artifacts).isNotEmpty();
    return artifacts.getFirst();
  }
}
