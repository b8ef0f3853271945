package io.amivet.artifact.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.MemoryImage;
import io.amivet.artifact.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys from the sources named; the list was computed by another library. */
final class TestKeysTest {

  private static String resource(String name) throws IOException {
    try (InputStream in = TestKeysTest.class.getResourceAsStream(name)) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static List<Artifact> parse(String text) {
    MemoryImage image = new MemoryImage().with("/srv/key.pem", text);
    return new PrivateKeysParser().parse(image.read("/srv/key.pem").orElseThrow(), image);
  }

  @Test
  void keysOfEachKindAreKnownByTheirFingerprints() throws IOException {
    for (String key : resource("published-keys.pem").split("(?<=-----\n)(?=-----BEGIN)")) {
      assertThat(parse(key))
          .singleElement()
          .satisfies(fact -> assertThat(fact.fields()).containsKey("testKey"));
      assertThat(TestKeys.sourceOfText(key)).isPresent();
    }
  }

  @Test
  void whoeverPublishedAKeyIsNamed() {
    assertThat(TestKeys.sourceOf("SHA256:1M4RzhMyWuFS/86uPY/ce2prh/dVTHW7iD2RhpquOZA"))
        .contains("vagrant-insecure");
    assertThat(TestKeys.sourceOf("SHA256:AAAAzhMyWuFS/86uPY/ce2prh/dVTHW7iD2RhpquOZA")).isEmpty();
    assertThat(TestKeys.sourceOf("")).isEmpty();
    assertThat(TestKeys.sourceOfText("no key")).isEmpty();
  }

  @Test
  void aKeyThatStandsTwiceInAFileIsOneFactWithTwoPlaces() throws IOException {
    String key = resource("published-keys.pem").split("(?<=-----\n)(?=-----BEGIN)")[0];
    int lines = (int) key.chars().filter(c -> c == '\n').count();

    assertThat(parse(key + "\n" + key))
        .singleElement()
        .returns(1, Artifact::line)
        .returns(List.of(new Place(key.length() + 1L, lines + 2)), Artifact::furtherPlaces);
  }
}
