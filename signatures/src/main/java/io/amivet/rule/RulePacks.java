package io.amivet.rule;

import io.amivet.artifact.ArtifactParser;
import io.amivet.rule.RuleSyntaxException.RuleError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/** The rules that come with amivet, and those a user adds. */
public final class RulePacks {
  static final String VERSION = "2026.11.0";

  /** Names of the resources in {@code rules/}, without {@code .yaml}; one a line, sorted. */
  static final List<String> NAMES =
      List.of(
          "acct",
          "app",
          "cin",
          "cld",
          "db",
          "expo",
          "generic",
          "hist",
          "idr",
          "inf",
          "int",
          "keys",
          "log",
          "memory",
          "net",
          "pers",
          "pkg",
          "priv",
          "rlog",
          "ssh",
          "tokens",
          "tokens-ai",
          "tokens-chat",
          "tokens-ci",
          "tokens-cloud",
          "tokens-crypto",
          "tokens-data",
          "tokens-edge",
          "tokens-feeds",
          "tokens-identity",
          "tokens-infra",
          "tokens-mail",
          "tokens-monitoring",
          "tokens-packages",
          "tokens-payment",
          "tokens-saas",
          "tokens-vcs",
          "vcs",
          "vcs-stores");

  private static final int MAX_FILES = 1_000;

  private static final String FOLDER = "/io/amivet/rules/";

  /** What {@link PackCompiler} writes, in the same folder. */
  private static final String COMPILED = "packs.bin";

  private RulePacks() {}

  /** The rules that come with amivet as they were written, with their samples. */
  public static RulePack builtIn() {
    try {
      Loading loading = new Loading(new RuleLoader());
      loading.addBuiltIn(sources());
      return loading.finish();
    } catch (RuleSyntaxException | IOException e) {
      throw new IllegalStateException("the built-in rules do not load", e);
    }
  }

  /**
   * The built-in rules, without samples, and those in {@code added}: rule files, or directories of
   * them. Refuses rules that name none of {@code parsers}.
   *
   * @throws RuleSyntaxException with the errors of all files
   */
  public static RulePack load(List<Path> added, List<ArtifactParser> parsers)
      throws RuleSyntaxException, IOException {
    Set<String> names = parsers.stream().map(ArtifactParser::name).collect(Collectors.toSet());
    Loading loading = new Loading(new RuleLoader(names));
    Optional<CompiledPacks> compiled = compiled();
    if (compiled.isPresent()) {
      loading.addBuiltIn(compiled.get());
    } else {
      // Classes that were not put together by the build: in an editor, say.
      loading.addBuiltIn(sources());
    }
    for (Path path : files(added)) {
      loading.add(path.toString(), read(path));
    }
    return loading.finish();
  }

  /** The texts of the packs by file name. */
  static Map<String, byte[]> sources() throws IOException {
    Map<String, byte[]> sources = new LinkedHashMap<>();
    for (String name : NAMES) {
      try (InputStream in = RulePacks.class.getResourceAsStream(FOLDER + name + ".yaml")) {
        if (in == null) {
          throw new IllegalStateException("rule pack " + name + " is listed but not there");
        }
        sources.put(name + ".yaml", in.readAllBytes());
      }
    }
    return sources;
  }

  private static Optional<CompiledPacks> compiled() throws IOException {
    try (InputStream in = RulePacks.class.getResourceAsStream(FOLDER + COMPILED)) {
      return in == null ? Optional.empty() : Optional.of(CompiledPacks.read(in.readAllBytes()));
    }
  }

  /** SHA-256 over the texts of the built-in packs, in order. */
  static byte[] digestOf(Map<String, byte[]> sources) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    sources.values().forEach(digest::update);
    return digest.digest();
  }

  private static byte[] read(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(RuleLoader.MAX_SOURCE_BYTES + 1);
    }
  }

  /** Directories replaced by the rule files in them, in order of their names. */
  private static List<Path> files(List<Path> added) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : added) {
      if (Files.isDirectory(path)) {
        try (Stream<Path> children = Files.list(path)) {
          children
              .filter(child -> child.toString().matches(".*\\.(?:ya?ml|toml)"))
              .limit(MAX_FILES)
              .sorted()
              .forEach(files::add);
        }
      } else {
        files.add(path);
      }
    }
    return files;
  }

  /** One file's rules. */
  private interface Read {
    List<Rule> rules() throws RuleSyntaxException;
  }

  /** Collects the rules, errors and digest of several files. */
  private static final class Loading {
    private final RuleLoader loader;
    private final List<Rule> rules = new ArrayList<>();
    private final List<RuleError> errors = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final MessageDigest digest = DigestUtils.getSha256Digest();

    Loading(RuleLoader loader) {
      this.loader = loader;
    }

    void addBuiltIn(Map<String, byte[]> sources) {
      digest.update(digestOf(sources));
      sources.forEach((file, source) -> collect(() -> loader.load(file, source)));
    }

    void addBuiltIn(CompiledPacks compiled) {
      digest.update(compiled.digest());
      compiled.packs().forEach((file, tree) -> collect(() -> loader.loadVerified(file, tree)));
    }

    void add(String file, byte[] source) {
      digest.update(source);
      collect(() -> {
        Optional<ForeignPack> foreign = ForeignRules.read(file, source);
        return foreign.isPresent() ? known(file, foreign.get()) : loader.load(file, source);
      });
    }

    private List<Rule> known(String file, ForeignPack pack) throws RuleSyntaxException {
      loader.claim(file, pack.rules());
      if (!pack.refusals().isEmpty()) {
        notes.add(
            file
                + ": not all can be expressed; 'amivet rules import "
                + file
                + "' lists what is left out");
      }
      return pack.rules();
    }

    private void collect(Read read) {
      try {
        rules.addAll(read.rules());
      } catch (RuleSyntaxException e) {
        errors.addAll(e.errors());
      }
    }

    RulePack finish() throws RuleSyntaxException {
      if (!errors.isEmpty()) {
        throw new RuleSyntaxException(errors);
      }
      return new RulePack(VERSION, HexFormat.of().formatHex(digest.digest()), rules, notes);
    }
  }
}
