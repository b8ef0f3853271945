package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.Secret;
import io.amivet.match.ContentHit;
import io.amivet.match.JavaMatchEngine;
import io.amivet.match.MatchEngine;
import io.amivet.match.MatchStream;
import io.amivet.rule.Rule;
import io.amivet.rule.Rule.Example;
import io.amivet.rule.RulePacks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The samples of all rules, planted in a folder as files and in an archive: none of the secrets
 * that an engine finds in them comes out of a scan in any place, unless it is asked for.
 */
class RedactionTest {
  private static final List<String> FORMATS = List.of("table", "json", "jsonl", "sarif", "html");

  /** Shorter ones may stand in a report by chance. */
  private static final int MIN_SECRET_CHARS = 10;

  @TempDir private static Path folder;

  private static Path planted;
  private static Set<String> secrets;

  @BeforeAll
  static void plant() throws IOException {
    planted = folder.resolve("planted");
    List<byte[]> samples = new ArrayList<>();
    List<Rule> contentRules = new ArrayList<>();
    for (Rule rule : RulePacks.builtIn().rules()) {
      if (rule.condition() instanceof Rule.Condition.Content) {
        contentRules.add(rule);
        for (Example example : rule.examples().positive()) {
          byte[] text = example.text().getBytes(StandardCharsets.ISO_8859_1);
          Path file = planted.resolve("srv/" + samples.size() + example.path());
          Files.createDirectories(file.getParent());
          Files.write(file, text);
          samples.add(text);
        }
      }
    }
    Files.write(planted.resolve("srv/all.tar.gz"), archive(samples));
    secrets = secrets(contentRules, samples);
    assertThat(secrets.size()).isGreaterThan(700);
  }

  private static byte[] archive(List<byte[]> samples) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      for (int i = 0; i < samples.size(); i++) {
        TarArchiveEntry entry = new TarArchiveEntry("opt/app/" + i + ".conf");
        entry.setSize(samples.get(i).length);
        tar.putArchiveEntry(entry);
        tar.write(samples.get(i));
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static Set<String> secrets(List<Rule> rules, List<byte[]> samples) {
    Set<String> found = new TreeSet<>();
    try (MatchEngine engine = new JavaMatchEngine(rules);
        MatchStream stream = engine.open()) {
      for (byte[] sample : samples) {
        stream.reset();
        stream.feed(MemorySegment.ofArray(sample));
        for (ContentHit hit : stream.finish()) {
          for (Secret secret : hit.artifact().secrets()) {
            found.add(new String(secret.reveal(), StandardCharsets.ISO_8859_1));
          }
        }
      }
    }
    // An access key id says whose key it is; reports name it on purpose.
    found.removeIf(
        secret -> secret.length() < MIN_SECRET_CHARS || secret.matches("A[A-Z]{3}[A-Z0-9]{16}"));
    return found;
  }

  @Test
  void noSecretComesOutOfAScan() throws IOException {
    for (EngineChoice engine : List.of(EngineChoice.JAVA, EngineChoice.AUTO)) {
      Path cache = folder.resolve("cache-" + engine.label());
      Path reports = Files.createDirectory(folder.resolve("reports-" + engine.label()));
      WholeRun run = WholeRun.of(commandLine(engine, cache, reports).toArray(String[]::new));

      assertThat(run.code()).as(run.err()).isEqualTo(1);
      assertClean("standard output", run.out());
      assertClean("standard error", run.err());
      for (Path file : filesBelow(folder)) {
        if (!file.startsWith(planted)) {
          assertClean(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
  }

  @Test
  void theyDoComeOutIfAskedFor() throws IOException {
    Path reports = Files.createDirectory(folder.resolve("shown"));
    List<String> args = commandLine(EngineChoice.JAVA, folder.resolve("cache-shown"), reports);
    args.add("--show-secrets");
    WholeRun.of(args.toArray(String[]::new));
    String json = Files.readString(reports.resolve("report.json"));

    assertThat(secrets.stream().filter(json::contains).count()).isGreaterThan(600);
  }

  private static List<String> commandLine(EngineChoice engine, Path cache, Path reports) {
    List<String> args = new ArrayList<>(List.of("scan", "--engine", engine.label()));
    args.addAll(List.of("--cache-dir", cache.toString()));
    for (String format : FORMATS) {
      args.addAll(List.of("-o", format + "=" + reports.resolve("report." + format)));
    }
    args.add(planted.toString());
    return args;
  }

  private static List<Path> filesBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static void assertClean(String where, String text) {
    String plain =
        text.replace("&#61;", "=")
            .replace("&#43;", "+")
            .replace("&#47;", "/")
            .replace("&amp;", "&")
            .replace("\\/", "/")
            .replace("\\\"", "\"")
            .replace("\\\\", "\\");
    for (String secret : secrets) {
      // The comparison itself must not print the secret, nor the report around it.
      assertThat(plain.contains(secret) || text.contains(secret))
          .as("a planted secret in " + where)
          .isFalse();
    }
  }
}
