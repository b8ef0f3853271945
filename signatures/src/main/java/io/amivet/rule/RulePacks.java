package io.amivet.rule;

import io.amivet.artifact.ArtifactParser;
import io.amivet.rule.RuleSyntaxException.RuleError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
          "hist",
          "idr",
          "inf",
          "keys",
          "log",
          "pers",
          "pkg",
          "priv",
          "rlog",
          "ssh",
          "tokens",
          "vcs",
          "vcs-stores");

  private static final int MAX_FILES = 1_000;

  private RulePacks() {}

  /** All rules that come with amivet. */
  public static RulePack builtIn() {
    try {
      return load(List.of());
    } catch (RuleSyntaxException | IOException e) {
      throw new IllegalStateException("the built-in rules do not load", e);
    }
  }

  /** The built-in rules and those in {@code added}: rule files, or directories of them. */
  public static RulePack load(List<Path> added) throws RuleSyntaxException, IOException {
    return load(added, List.of());
  }

  /**
   * The same, refusing rules that name none of {@code parsers}.
   *
   * @throws RuleSyntaxException with the errors of all files
   */
  public static RulePack load(List<Path> added, List<ArtifactParser> parsers)
      throws RuleSyntaxException, IOException {
    Set<String> names = parsers.stream().map(ArtifactParser::name).collect(Collectors.toSet());
    Loading loading = new Loading(new RuleLoader(names));
    for (String name : NAMES) {
      loading.add(name + ".yaml", resource(name));
    }
    for (Path path : files(added)) {
      loading.add(path.toString(), read(path));
    }
    return loading.finish();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in =
        RulePacks.class.getResourceAsStream("/io/amivet/rules/" + name + ".yaml")) {
      if (in == null) {
        throw new IllegalStateException("rule pack " + name + " is listed but not there");
      }
      return in.readAllBytes();
    }
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
              .filter(child -> child.toString().matches(".*\\.ya?ml"))
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

  /** Collects the rules, errors and digest of several files. */
  private static final class Loading {
    private final RuleLoader loader;
    private final List<Rule> rules = new ArrayList<>();
    private final List<RuleError> errors = new ArrayList<>();
    private final MessageDigest digest;

    Loading(RuleLoader loader) {
      this.loader = loader;
      try {
        this.digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }

    void add(String file, byte[] source) {
      digest.update(source);
      try {
        rules.addAll(loader.load(file, source));
      } catch (RuleSyntaxException e) {
        errors.addAll(e.errors());
      }
    }

    RulePack finish() throws RuleSyntaxException {
      if (!errors.isEmpty()) {
        throw new RuleSyntaxException(errors);
      }
      return new RulePack(VERSION, HexFormat.of().formatHex(digest.digest()), rules);
    }
  }
}
