package io.amivet.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amivet.artifact.Secret;
import io.amivet.match.ContentHit;
import io.amivet.match.JavaMatchEngine;
import io.amivet.match.MatchEngine;
import io.amivet.match.MatchStream;
import io.amivet.match.RuleSamples;
import io.amivet.rule.ForeignPack.Refusal;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files in the formats of other tools, with what those formats can say. */
class ForeignRulesTest {

  @Test
  void gitleaksRulesFindWhatTheyDescribe() throws Exception {
    ForeignPack pack =
        read(
            "rules.toml",
            """
            title = "of ours"

            [[rules]]
            id = "acme-token"
            description = "Acme token"
            regex = '''(?i)[\\w.-]{0,50}?(?:acme)(?:[ \\t\\w.-]{0,20})[\\s'"]{0,3}(?:=|>|:{1,3}=|\\|\\||:|=>)[\\x60'"\\s=]{0,5}([a-z0-9]{32})(?:[\\x60'"\\s;]|\\\\[nr]|$)'''
            entropy = 2
            keywords = ["acme"]

            [[rules]]
            id = "acme-prefixed"
            description = "Acme key"
            regex = '''\\b(acm-(?i)[a-z0-9]{8})(?:\\s|$)|\\b(acx-[0-9]{8})\\b'''

            [[rules]]
            id = "second-group"
            description = "The second group"
            regex = '''user=(\\w{3,9});pass=(\\w{3,9})'''
            secretGroup = 2

            [[rules]]
            id = "digit-and-letters"
            regex = '''([a-z~.]{3}\\dQ~[a-z~.-]{5})'''
            """);

    assertThat(pack.refusals()).isEmpty();
    assertThat(found(pack, "ACME_KEY = 'q7vb2xklm9th81pzq3rw5yc0nfujkd4e'"))
        .containsExactly("acme-token q7vb2xklm9th81pzq3rw5yc0nfujkd4e");
    assertThat(found(pack, "ACME_KEY = '11111111111111111111111111111111'")).isEmpty();
    assertThat(found(pack, "x acm-A1b2C3d4\ny acx-12345678."))
        .containsExactly("acme-prefixed acm-A1b2C3d4", "acme-prefixed acx-12345678");
    assertThat(found(pack, "ACM-A1b2C3d4 ")).isEmpty();
    assertThat(found(pack, "user=joe;pass=s3cret;")).containsExactly("second-group s3cret");
    assertThat(found(pack, "'ab~8Q~xy.z~'")).containsExactly("digit-and-letters ab~8Q~xy.z~");
  }

  @Test
  void gitleaksAllowlistsExempt() throws Exception {
    ForeignPack pack =
        read(
            "rules.toml",
            """
            [allowlist]
            paths = ['''(?:^|/)vendor/''']
            regexes = ['''^tok_0+$''']
            stopwords = ["SAMPLE"]

            [[allowlists]]
            targetRules = ["other"]
            regexes = ['''tok_''']

            [[rules]]
            id = "tok"
            regex = '''tok_[A-Za-z0-9]{8}'''
            [rules.allowlist]
            regexTarget = "line"
            regexes = ['''# fake$''']
            [[rules.allowlists]]
            condition = "AND"
            regexTarget = "match"
            regexes = ['''^tok_9''']
            stopwords = ["77"]

            [[rules]]
            id = "other"
            regex = '''(tok_)[a-z]{8}!'''
            """);
    String text =
        """
        tok_A1b2C3d4
        tok_A1b2C3d5 # fake
        tok_00000000
        tok_aSampleX
        tok_9abcdefg
        tok_9abcde77
        tok_abcdefgh!
        """;

    assertThat(found(pack, text))
        .containsExactly("tok tok_A1b2C3d4", "tok tok_9abcdefg", "tok tok_abcdefgh");
    RuleSet rules = new RuleSet(pack.rules(), List.of(), Profile.PUBLISH);
    assertThat(rules.contentRules("/srv/app/a.conf")).hasSize(2);
    assertThat(rules.contentRules("/srv/vendor/a.conf")).isEmpty();
  }

  @Test
  void whatCannotBeExpressedIsListedWithItsReason() throws Exception {
    ForeignPack pack =
        read(
            "rules.toml",
            """
            [extend]
            useDefault = true
            [[rules]]
            id = "anything"
            regex = '''[0-9a-f]{64}'''
            [[rules]]
            id = "files"
            path = '''\\.p12$'''
            [[rules]]
            id = "pair"
            regex = '''pair_[a-z]{9}'''
            [[rules.required]]
            id = "anything"
            withinLines = 3
            [[rules]]
            id = "broken"
            regex = '''abc('''
            """);

    assertThat(pack.rules()).isEmpty();
    assertThat(pack.refusals())
        .extracting(Refusal::rule)
        .containsExactly("[extend]", "anything", "files", "pair", "broken");
    assertThat(pack.refusals()).allSatisfy(refusal -> assertThat(refusal.reason()).isNotBlank());
  }

  @Test
  void noseyParkerRulesHoldTheirExamples() throws Exception {
    ForeignPack pack =
        read(
            "rules.yml",
            """
            rules:
            - name: Widget secret
              id: np.widget.1
              pattern: |
                (?x)(?i)
                widget              (?# the vendor )
                .{0,20}             # what is between
                \\b
                ([0-9a-z]{16,64})
                \\b
              categories: [api, secret]
              references:
              - https://example.com/widget
              examples:
              - 'WIDGET_SECRET = "6fb1cff7690db9ac"'
              - "widget \\u00e4: 6fb1cff7690db9ac"
              negative_examples:
              - 'gadget = "6fb1cff7690db9ac"'
            - name: User and password
              id: np.widget.2
              pattern: '(?x) user \\s* = \\s* "([^"]{3,30})" \\s* ;? \\s* pass \\s* = \\s* "([^"]{5,30})"'
              examples:
              - |
                user = "joe";
                pass = "open sesame"
              negative_examples:
              - 'user = "joe"'
            """);

    assertThat(pack.refusals()).isEmpty();
    assertThat(pack.rules()).hasSize(2);
    assertThat(pack.rules().getFirst().references()).containsExactly("https://example.com/widget");
    assertHoldTheirExamples(pack, 5);
  }

  @Test
  void kingfisherRulesAskWhatTheSecretConsistsOf() throws Exception {
    ForeignPack pack =
        read(
            "rules.yml",
            """
            rules:
              - name: Gizmo key
                id: kingfisher.gizmo.1
                pattern: |
                  (?xi)
                  gizmo
                  (?:.|[\\n\\r]){0,16}?
                  \\b([A-Za-z0-9]{12})\\b
                pattern_requirements:
                  min_digits: 2
                  min_uppercase: 1
                  ignore_if_contains:
                    - "TEST"
                min_entropy: 2.5
                confidence: low
                examples:
                  - gizmo = A1b2cdefghij
                  - "gizmo\\n  A1b2cdefghij"
                negative_examples:
                  - gizmo = A1bccdefghij
                  - gizmo = a1b2cdefghij
                  - gizmo = A1b2cTestxyz
                  - gizmo = A1111111111A
                validation:
                  type: Http
              - name: Gizmo id
                id: kingfisher.gizmo.2
                visible: false
                pattern: 'gizmo-[0-9]{8}'
            """);

    assertThat(pack.refusals()).extracting(Refusal::rule).containsExactly("kingfisher.gizmo.2");
    assertThat(pack.rules().getFirst().severity()).containsEntry(Profile.PUBLISH, Severity.MEDIUM);
    assertHoldTheirExamples(pack, 6);
  }

  @Test
  void forensicArtifactsAreRulesAboutPaths() throws Exception {
    ForeignPack pack =
        read(
            "linux.yaml",
            """
            name: ShellLogs
            doc: Logs of shells.
            sources:
            - type: FILE
              attributes:
                paths:
                - '/var/log/shell*.log'
                - '%%users.homedir%%/.local/**3/shell.log'
              supported_os: [Linux]
            - type: FILE
              attributes: {paths: ['%%environ_systemroot%%\\\\x.log']}
              supported_os: [Windows]
            supported_os: [Linux, Windows]
            urls: ['https://example.com/shell']
            ---
            name: RegistryOnly
            doc: Not of Linux.
            sources:
            - type: REGISTRY_KEY
              attributes: {keys: ['HKEY']}
            supported_os: [Windows]
            ---
            name: Commands
            doc: What a command prints.
            sources:
            - type: COMMAND
              attributes: {cmd: /bin/ls}
            """);

    assertThat(pack.refusals())
        .extracting(Refusal::rule)
        .containsExactly("RegistryOnly", "Commands");
    RuleSet rules =
        new RuleSet(pack.rules(), List.of(), Profile.VET).withHomes(List.of("/home/joe"));
    assertThat(rules.select("/var/log/shell-1.log")).hasSize(1);
    assertThat(rules.select("/home/joe/.local/a/b/shell.log")).hasSize(1);
    assertThat(rules.select("/var/log/other.log")).isEmpty();
  }

  @Test
  void allErrorsOfABrokenFileAreToldWithTheirPlaces() {
    assertThatThrownBy(() ->
            read(
                "bad.toml",
                """
                [[rules]]
                id = "a
                regex = 'x'
                entropy = high
                """))
        .isInstanceOf(RuleSyntaxException.class)
        .satisfies(e ->
            assertThat(((RuleSyntaxException) e).errors())
                .extracting(error -> error.file() + ":" + error.line())
                .containsExactly("bad.toml:2", "bad.toml:4"));
    assertThatThrownBy(() ->
            read(
                "bad.yml",
                """
                rules:
                - name: One
                  pattern: 'abc[0-9]{3}'
                - name: Two
                  id: two
                  pattern: 'abc[0-9]{3}'
                  min_entropy: much
                """))
        .isInstanceOf(RuleSyntaxException.class)
        .satisfies(e ->
            assertThat(((RuleSyntaxException) e).errors())
                .extracting(RuleSyntaxException.RuleError::toString)
                .containsExactly(
                    "bad.yml:2:3: missing key: id",
                    "bad.yml:7:16: min_entropy: expected a number from 0, found much"));
  }

  @Test
  void rulesOfOursAreNotTakenForOthers() throws Exception {
    String ours = "rules:\n  - id: TST-001\n    title: T\n    pattern: 'tst_[a-z]{8}'\n";

    assertThat(ForeignRules.read("own.yaml", ours.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  private static ForeignPack read(String file, String text) throws RuleSyntaxException {
    return ForeignRules.read(file, text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }

  private static void assertHoldTheirExamples(ForeignPack pack, int count) {
    int examples = 0;
    for (Rule rule : pack.rules()) {
      examples += rule.examples().positive().size() + rule.examples().negative().size();
      assertThat(new RuleSamples(rule, List.of()).failures()).isEmpty();
    }
    assertThat(examples).isEqualTo(count);
  }

  private static List<String> found(ForeignPack pack, String text) {
    try (MatchEngine engine = new JavaMatchEngine(pack.rules());
        MatchStream stream = engine.open()) {
      stream.feed(MemorySegment.ofArray(text.getBytes(StandardCharsets.ISO_8859_1)));
      return stream.finish().stream().map(ForeignRulesTest::text).toList();
    }
  }

  private static String text(ContentHit hit) {
    Secret secret = hit.artifact().secrets().getFirst();
    return hit.rule().id() + " " + new String(secret.reveal(), StandardCharsets.ISO_8859_1);
  }
}
