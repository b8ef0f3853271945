package io.amivet.artifact.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class CredentialParsersTest {
  private static final String PASSWORD = "q8Zr-1LmW-x";

  @Test
  void readsNetrcInAnyLayout() {
    assertThat(parse("netrc", "machine a login u\n\tpassword " + PASSWORD + "\ndefault login x\n"))
        .singleElement()
        .satisfies(login -> {
          assertThat(login.fields()).containsEntry("machine", "a").containsEntry("user", "u");
          assertThat(login.line()).isEqualTo(2);
        });
  }

  @Test
  void unescapesPgpass() {
    assertThat(parse("pgpass", "h\\:1:5432:*:u:" + PASSWORD + "\\:x\n"))
        .singleElement()
        .satisfies(login -> {
          assertThat(login.fields()).containsEntry("host", "h:1");
          assertThat(new String(login.secrets().getFirst().reveal(), StandardCharsets.UTF_8))
              .isEqualTo(PASSWORD + ":x");
        });
  }

  @Test
  void findsAssignmentsInEverySyntax() {
    for (String text :
        List.of(
            "password: %s\n",
            "DB_PASSWORD=%s\n",
            "'password' => '%s',\n",
            "{\"db_password\": \"%s\"}\n",
            "host ansible_user=x ansible_password=%s\n",
            "<add connectionString=\"Server=db;User Id=sa;Password=%s;\"/>\n",
            "jdbc:mysql://db/x?user=a&password=%s\n",
            "requirepass %s\n")) {
      assertThat(parse("assignments", text.replace("%s", PASSWORD)))
          .as(text)
          .singleElement()
          .satisfies(fact -> assertThat(fact.evidence().redacted()).doesNotContain(PASSWORD));
    }
  }

  @Test
  void takesExpressionsAndReferencesForNoAssignments() {
    for (String text :
        List.of(
            "password: ${DB_PASSWORD:?must be set}\n",
            "password = var.db_password\n",
            "password: *shared\n",
            "password: !vault |\n",
            "password: must have eight characters\n",
            "access_key = AKIA5WLTSAMIVETTEST7\n",
            "# password = q8Zr-1LmW-x\n",
            "password_file: /run/secrets/db\n",
            "token: refreshed\n",
            "password = getPassword('main')\n")) {
      assertThat(parse("assignments", text)).as(text).isEmpty();
    }
  }

  @Test
  void takesATokenInPlaceOfAUserForASecret() {
    String token = "9a7c1e5b3d2f4a6c8e0b1d3f5a7c9e1b3d5f7a9c";

    assertThat(parse("url-credentials", "https://" + token + ":x-oauth-basic@git.amivet.dev\n"))
        .singleElement()
        .satisfies(fact -> {
          assertThat(fact.fields().values()).noneMatch(value -> value.contains(token));
          assertThat(fact.evidence().redacted()).doesNotContain(token);
          assertThat(new String(fact.secrets().getFirst().reveal(), StandardCharsets.UTF_8))
              .isEqualTo(token);
        });
  }

  @Test
  void readsSeveralVariablesOfOneLine() {
    String line = "Environment=\"A=b c\" \"API_TOKEN=%s\" DB_PASSWORD=%s2\n";

    assertThat(parse("environment", line.replace("%s", PASSWORD)))
        .extracting(fact -> fact.fields().get("key"))
        .containsExactly("API_TOKEN", "DB_PASSWORD");
  }

  @Test
  void doesNotFetchEntitiesOfXml() {
    String xml =
        "<!DOCTYPE s [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
            + "<settings><servers><server><id>a</id><password>&x;</password></server></servers></settings>";

    assertThat(parse("maven-settings", xml)).isEmpty();
  }

  @Test
  void unpacksUserDataWithinBounds() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("#!/bin/sh\nexport DB_PASSWORD=q8Zr-1LmW-x\n".getBytes(StandardCharsets.UTF_8));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 64; i++) {
        gzip.write(zeros);
      }
    }
    List<Artifact> facts =
        parser("user-data")
            .parse(ArtifactFile.of("/user-data.txt", packed.toByteArray()), ImageView.empty());

    assertThat(facts).extracting(Artifact::kind).containsExactly("user-data", "secret");
  }

  @Test
  void noParserShowsASecretInItsFieldsOrEvidence() {
    String text =
        "[a]\npassword = " + PASSWORD + "\nurl = https://u:" + PASSWORD + "@git.amivet.dev/\n";
    for (ArtifactParser parser : CredentialParsers.all()) {
      for (Artifact fact : parser.parse(file(text), ImageView.empty())) {
        assertThat(fact.toString()).as(parser.name()).doesNotContain(PASSWORD);
      }
    }
  }

  @Test
  void noParserThrowsOnHostileInput() {
    Random random = new Random(11);
    byte[] noise = new byte[20_000];
    random.nextBytes(noise);
    List<String> hostile =
        List.of(
            "",
            new String(noise, StandardCharsets.ISO_8859_1),
            "[".repeat(20_000),
            "{\"a\":".repeat(20_000),
            "- ".repeat(20_000),
            "<a>".repeat(20_000),
            "a: &x [*x, *x]\nb: *x\n",
            "Content-Type: multipart/mixed; boundary=x\n\n" + "--x\n\n".repeat(5_000),
            "password=".repeat(5_000),
            "\u001f\u008b\b\u0000",
            "://:@".repeat(5_000));
    for (ArtifactParser parser : CredentialParsers.all()) {
      for (String text : hostile) {
        assertThat(parser.parse(file(text), ImageView.empty())).as(parser.name()).isNotNull();
      }
    }
  }

  private static List<Artifact> parse(String parser, String text) {
    return parser(parser).parse(file(text), ImageView.empty());
  }

  private static ArtifactParser parser(String name) {
    return CredentialParsers.all().stream()
        .filter(parser -> parser.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static ArtifactFile file(String text) {
    return ArtifactFile.of("/x", text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
