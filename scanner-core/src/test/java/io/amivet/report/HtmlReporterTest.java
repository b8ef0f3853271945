package io.amivet.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlReporterTest {
  private static String page(boolean showSecrets) {
    return SampleReport.write(new HtmlReporter(), SampleReport.hostile(), showSecrets);
  }

  @Test
  void loadsNothingAndRunsNothing() {
    assertThat(page(false))
        .startsWith("<!doctype html>")
        .doesNotContain("<script")
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
