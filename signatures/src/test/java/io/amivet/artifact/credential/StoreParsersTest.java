package io.amivet.artifact.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Databases that {@code testdata/make/make-stores.sh} made. */
class StoreParsersTest {
  private static final String FOLDER = "/io/amivet/artifact/stores/";

  private static byte[] database(String name) throws IOException {
    try (InputStream in = StoreParsersTest.class.getResourceAsStream(FOLDER + name + ".gz")) {
      return new GZIPInputStream(in).readAllBytes();
    }
  }

  private static List<Artifact> parse(ArtifactParser parser, byte[] bytes) {
    return parser.parse(ArtifactFile.of("/root/store.db", bytes), ImageView.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chrome-logins.db | saved-passwords | saved passwords: 2, readable: 1",
        "chrome-cookies.db | saved-cookies | cookies: 1, encrypted with a key of the keyring",
        "firefox-cookies.db | saved-cookies | cookies: 2, readable: 2",
        "chrome-history.db | visited-pages | pages visited: 2",
        "firefox-places.db | visited-pages | pages visited: 1",
      })
  void countsWhatABrowserKeeps(String name, String kind, String evidence) throws IOException {
    assertThat(parse(new BrowserStoreParser(), database(name)))
        .singleElement()
        .satisfies(artifact -> {
          assertThat(artifact.kind()).isEqualTo(kind);
          assertThat(artifact.evidence().redacted()).isEqualTo(evidence);
        });
  }

  @Test
  void aBrowserThatWasNotUsedKeepsNothing() throws IOException {
    assertThat(parse(new BrowserStoreParser(), database("chrome-empty.db"))).isEmpty();
    assertThat(parse(new BrowserStoreParser(), new byte[4096])).isEmpty();
  }

  @Test
  void knowsTheLoginsOfGcloud() throws IOException {
    assertThat(parse(new GcloudStoreParser(), database("gcloud-credentials.db")))
        .singleElement()
        .satisfies(artifact -> {
          assertThat(artifact.kind()).isEqualTo("user-credentials");
          assertThat(artifact.fields()).containsEntry("account", "dev@example.org");
          assertThat(artifact.secrets())
              .containsExactly(
                  Secret.ofLatin1(
                      "1//04CSlvh4f1hKzzLHOJTXpAxid8NvJ5akSHWUFgzTg6uFIsTDE814B3E47fp7d"));
          assertThat(artifact.toString()).doesNotContain("04CSlvh4f1hKzz");
        });
    assertThat(parse(new GcloudStoreParser(), database("gcloud-tokens.db")))
        .singleElement()
        .satisfies(artifact -> {
          assertThat(artifact.kind()).isEqualTo("access-token");
          assertThat(artifact.fields()).containsEntry("account", "dev@example.org");
          assertThat(artifact.toString()).doesNotContain("ya29");
        });
  }

  @Test
  void survivesDamage() throws IOException {
    Random random = new Random(12);
    int found = 0;
    for (String name : List.of("chrome-logins.db", "firefox-cookies.db", "gcloud-credentials.db")) {
      byte[] whole = database(name);
      for (int round = 0; round < 500; round++) {
        byte[] damaged = whole.clone();
        for (int i = 0; i <= round % 8; i++) {
          damaged[16 + random.nextInt(damaged.length - 16)] = (byte) random.nextInt();
        }
        found += parse(new BrowserStoreParser(), damaged).size();
        found += parse(new GcloudStoreParser(), damaged).size();
      }
    }
    assertThat(found).isBetween(500, 1500);
  }
}
