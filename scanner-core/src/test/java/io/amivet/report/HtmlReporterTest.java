package io.amivet.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class HtmlReporterTest {
  private static String page(boolean showSecrets) {
    return SampleReport.write(new HtmlReporter(), SampleReport.hostile(), showSecrets);
  }

  @Test
  void loadsNothingAndRunsItsOwnScriptAlone() throws Exception {
    String page = page(false);
    assertThat(page.split("<script", -1)).hasSize(3);
    String script = page.substring(page.lastIndexOf("<script>") + 8, page.lastIndexOf("</script>"));
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
    assertThat(page)
        .startsWith("<!doctype html>")
        .contains("default-src 'none'")
        .contains("script-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'")
        .doesNotContain("innerHTML")
        .doesNotContain("<link")
        .doesNotContain("<img")
        .doesNotContain("url(");
  }

  @Test
  void escapesMarkupAndControlCharactersOfTheImage() {
    String page = page(false);
    assertThat(page).doesNotContain("\u202e").contains("\\u{202e}").contains("\\x1b[2J");
    assertThat(page.codePoints().filter(c -> c != '\n').noneMatch(Character::isISOControl))
        .isTrue();
  }

  @Test
  void saysTheVerdictAndWhatWasNotRead() {
    assertThat(page(false))
        .contains("<span class=\"verdict fail\">fail</span>")
        .contains("Not everything was read:")
        .contains("LUKS-encrypted (version 2, aes-xts-plain64)")
        .contains("not a complete security assessment");
  }

  @Test
  void showsSecretsOnlyWhenToldTo() {
    assertThat(page(false)).doesNotContain(SampleReport.SECRET);
    assertThat(page(true)).contains(SampleReport.SECRET);
  }
}
