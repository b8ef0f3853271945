package io.amivet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogTargetTest {

  @ParameterizedTest
  @CsvSource({
    "logs.example.net, logs.example.net, true",
    "logs.example.net, LOGS.Example.net., true",
    "logs.example.net, evil-logs.example.net, false",
    "logs.example.net, logs.example.net.evil.test, false",
    "*.example.net, a.b.example.net, true",
    "*.example.net, example.net, false",
    "*.example.net, notexample.net, false",
    "10.20.0.0/16, 10.20.255.1, true",
    "10.20.0.0/16, 10.21.0.1, false",
    "10.20.0.0/16, 10.20.evil.test, false",
    "10.0.0.0/9, 10.127.0.1, true",
    "10.0.0.0/9, 10.128.0.1, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.77, false",
    "2001:db8::/32, 2001:db8:1::5, true",
    "2001:db8::/32, [2001:db8:1::5], true",
    "2001:db8::/32, 2001:db9::1, false",
    "0.0.0.0/0, 2001:db8::1, false",
  })
  void coversWhatItSaysAndNothingThatLooksLikeIt(String target, String host, boolean covered) {
    assertThat(LogTarget.parse(target).orElseThrow().covers(host)).isEqualTo(covered);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "*", "a b", "300.1.1.1", "10.0.0.0/33", "10.0.0.0/x", "http://a", "*.*"})
  void isNoTarget(String text) {
    assertThat(LogTarget.parse(text)).isEmpty();
  }

  @Test
  void keepsItsText() {
    assertThat(LogTarget.parse(" Logs.Example.NET ").orElseThrow()).hasToString("logs.example.net");
  }
}
