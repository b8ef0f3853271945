package io.amivet.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "changeme",
        "CHANGE_ME",
        "<password>",
        "<your password here>",
        "${DB_PASSWORD}",
        "$DB_PASSWORD",
        "{{ db_password }}",
        "%DB_PASSWORD%",
        "%(password)s",
        "@DB_PASSWORD@",
        "xxxxxxxx",
        "AKIAXXXXXXXXXXXXXXXX",
        "********",
        "AKIAIOSFODNN7EXAMPLE",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "your-api-key",
        "your_password_here",
        "YOUR_SECRET_KEY",
        "put your unique phrase here",
        "ENC[AES256_GCM,data:Tr7o=,iv:1=]",
        "$ANSIBLE_VAULT;1.1;AES256",
        "vault:v1:8SDd3WHDOjf7mq69CyCqYjBXAiQQAVZRkFM13ok481zoCmHnSeDX9vyf7w==",
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db",
        "op://vault/item/field",
        "null",
        "'changeme'",
        "\"${TOKEN}\"",
        "os.environ['SECRET']",
        "process.env.TOKEN",
        "...",
        "sk_live_0123456789abcdefghijklmn",
        "__PASSWORD__",
        "$(cat /run/secret)"
      })
  void seesThroughPlaceholders(String value) {
    assertThat(Placeholders.isPlaceholder(value)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hunter2",
        "Tr0ub4dor&3",
        "correct horse battery staple",
        "12345678",
        "password1",
        "q7Vb2xkLm9testhook81exampleZq",
        "kJ8/pQ2+zX5vB9nM1cR4tY7uI0oP3aS6dF8gH2jK",
        "p@$$w0rd",
        "admin",
        "My$ecretIsLong",
        "a{b}c",
        "yourmother1972",
        "S3cr3t!"
      })
  void keepsRealValues(String value) {
    assertThat(Placeholders.isPlaceholder(value)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"password", "PASSWORD", "'secret'", "api_key", "pass"})
  void knowsValuesThatRepeatTheirField(String value) {
    assertThat(Placeholders.isFieldName(value)).isTrue();
    assertThat(Placeholders.isPlaceholder(value)).isFalse();
  }
}
