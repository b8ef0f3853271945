package io.amivet.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.finding.Coverage;
import io.amivet.finding.Coverage.BaseUse;
import io.amivet.finding.Coverage.BlockStatistics;
import io.amivet.finding.Report;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
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
  void saysWhatWasNotSearchedSinceItIsUnchanged() {
    BaseUse base = new BaseUse("<b>snap-0", "", 47_000);
    Coverage coverage =
        new Coverage(List.of(), List.of(), 0, List.of(), BlockStatistics.NONE, Optional.of(base));
    Report report = SampleReport.covering(coverage);
    String page = SampleReport.write(new HtmlReporter(), report, false);
    assertThat(page).contains("<p>47,000 files unchanged since &lt;b&gt;snap-0, not searched");
    assertThat(SampleReport.write(new TableReporter(100, false), report, false))
        .contains("47,000 files unchanged since <b>snap-0, not searched");
    assertThat(page(false)).doesNotContain("unchanged since");
  }

  @Test
  void showsSecretsOnlyWhenToldTo() {
    assertThat(page(false)).doesNotContain(SampleReport.SECRET);
    assertThat(page(true)).contains(SampleReport.SECRET);
  }
}
