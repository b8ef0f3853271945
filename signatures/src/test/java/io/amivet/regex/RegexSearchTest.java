package io.amivet.regex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegexSearchTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "ghp_[a-z]{36} ghp_ 0",
        "(?<![a-z])(?<secret>glpat-[a-z]{20}) glpat- 0",
        "[a-z]{0,40}key[0-9]{3} key 40",
        "(?i:new[_.-]?relic)x{9} new_relic,new.relic,new-relic,newrelic 0",
        "(?:abc|xx-abc)[0-9] abc 3",
        "(?:ab(?=-cde|-cdf)|abcd)[-a-z]{9} ab-cd,abcd 0",
        "(?i:[a-z]{2}_token)=[0-9]{4} token 3",
        "a{2,5}foo foo 5"
      })
  void aKeywordBeginsNoLaterThanThis(String regex, String keywords, int lead) {
    assertThat(RegexSearch.ofJava(regex).orElseThrow().keywordLead(List.of(keywords.split(","))))
        .isEqualTo(OptionalInt.of(lead));
  }

  @Test
  void nothingIsClaimedWhereAMatchMayLackTheKeyword() {
    RegexSearch search = RegexSearch.ofJava("(?:abc|xyz)[0-9]{3}").orElseThrow();

    assertThat(search.keywordLead(List.of("abc"))).isEmpty();
    assertThat(search.keywordLead(List.of("abc", "xyz"))).hasValue(0);
  }

  @Test
  void anExpressionThatIsNotUnderstoodIsNotAnalysed() {
    assertThat(RegexSearch.ofJava("(a)\\1")).isEmpty();
  }
}
