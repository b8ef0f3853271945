package io.amivet.rule;

import io.amivet.glob.Glob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rules whose path patterns match a path. Built for a million paths against hundreds of
 * patterns: a pattern is filed under the name its matches end in, or else under their extension, or
 * else under a directory on their way, or their first one, or the first letter of the name, so that
 * a path meets only a handful of patterns. Patterns in {@code ~/} are filed once, not once for each
 * home; the homes are a set that the path's ancestors are looked up in.
 */
final class PathIndex {

  /**
   * A glob, and the rules that have it; matched against what follows a home if {@code inHome}. Many
   * rules share the patterns of their pack, which are then matched once.
   */
  private record Filed(Glob glob, boolean inHome, BitSet rules) {}

  private final Filing filing;

  /** Null for every directory. */
  private final @Nullable Set<String> homes;

  private PathIndex(Filing filing, @Nullable Set<String> homes) {
    this.filing = filing;
    this.homes = homes;
  }

  /**
   * An index that knows no homes.
   *
   * @param patterns of each rule, by the rule's number
   */
  static PathIndex of(List<List<PathPattern>> patterns) {
    Filing filing = new Filing();
    for (int rule = 0; rule < patterns.size(); rule++) {
      filing.add(rule, patterns.get(rule));
    }
    return new PathIndex(filing, Set.of());
  }

  boolean hasSameHomes(PathIndex other) {
    return Objects.equals(homes, other.homes);
  }

  /** The same patterns, {@code ~} standing for each of {@code homes}: absolute paths. */
  PathIndex withHomes(List<String> homes) {
    Set<String> trimmed = new HashSet<>();
    for (String home : homes) {
      if (home.startsWith("/")) {
        trimmed.add(home.replaceAll("/+$", ""));
      }
    }
    return new PathIndex(filing, trimmed);
  }

  /** The same patterns, {@code ~} standing for any directory. */
  PathIndex withHomesAnywhere() {
    return new PathIndex(filing, null);
  }

  /** {@code /etc/} of {@code /etc/ssh/}; empty for {@code /}. */
  private static String firstDirectory(String path) {
    int second = path.indexOf('/', 1);
    return second < 0 ? "" : path.substring(0, second + 1);
  }

  /** The numbers of the rules that match. */
  BitSet match(String path) {
    BitSet found = new BitSet();
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    int[] homeEnds = null;
    homeEnds = collect(filing.byName.get(name), path, homeEnds, found);
    int dot = name.lastIndexOf('.');
    if (dot >= 0) {
      homeEnds = collect(filing.byExtension.get(name.substring(dot)), path, homeEnds, found);
    }
    int start = 1;
    for (int end = path.indexOf('/', 1); end >= 0; end = path.indexOf('/', start)) {
      String directory = path.substring(start, end);
      homeEnds = collect(filing.byDirectory.get(directory), path, homeEnds, found);
      start = end + 1;
    }
    homeEnds = collect(filing.byFirstDirectory.get(firstDirectory(path)), path, homeEnds, found);
    if (!name.isEmpty()) {
      homeEnds = collect(filing.byInitial.get(name.charAt(0)), path, homeEnds, found);
    }
    collect(filing.others, path, homeEnds, found);
    return found;
  }

  private int @Nullable [] collect(
      @Nullable List<Filed> candidates, String path, int @Nullable [] knownHomeEnds, BitSet found) {
    int[] homeEnds = knownHomeEnds;
    if (candidates == null) {
      return homeEnds;
    }
    for (Filed one : candidates) {
      if (!one.inHome()) {
        if (one.glob().matches(path)) {
          found.or(one.rules());
        }
        continue;
      }
      if (homeEnds == null) {
        homeEnds = homeEnds(path);
      }
      for (int end : homeEnds) {
        if (one.glob().matches(path, end)) {
          found.or(one.rules());
          break;
        }
      }
    }
    return homeEnds;
  }

  /** Where in {@code path} a home ends: the offsets of the slashes after one. */
  private int[] homeEnds(String path) {
    int[] ends = new int[8];
    int count = 0;
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (homes == null || homes.contains(path.substring(0, slash))) {
        if (count == ends.length) {
          ends = Arrays.copyOf(ends, 2 * count);
        }
        ends[count++] = slash;
      }
    }
    return Arrays.copyOf(ends, count);
  }

  /** The globs of all patterns, filed; not changed once the index is made. */
  private static final class Filing {
    final Map<String, List<Filed>> byName = new HashMap<>();
    final Map<String, List<Filed>> byExtension = new HashMap<>();
    final Map<String, List<Filed>> byDirectory = new HashMap<>();
    final Map<String, List<Filed>> byFirstDirectory = new HashMap<>();
    final Map<Character, List<Filed>> byInitial = new HashMap<>();
    final List<Filed> others = new ArrayList<>();
    private final Map<PathPattern, List<Filed>> filed = new HashMap<>();

    void add(int rule, List<PathPattern> patterns) {
      for (PathPattern pattern : patterns) {
        for (Filed each : filed.computeIfAbsent(pattern, this::file)) {
          each.rules().set(rule);
        }
      }
    }

    private List<Filed> file(PathPattern pattern) {
      List<Filed> globs = new ArrayList<>();
      for (Glob glob : PathPatterns.globs(pattern)) {
        Filed one = new Filed(glob, PathPatterns.isInHome(pattern), new BitSet());
        file(one);
        globs.add(one);
      }
      return globs;
    }

    private void file(Filed one) {
      Glob glob = one.glob();
      String first = one.inHome() ? "" : firstDirectory(glob.literalPrefix());
      if (!glob.literalName().isEmpty()) {
        byName.computeIfAbsent(glob.literalName(), _ -> new ArrayList<>()).add(one);
      } else if (!glob.extension().isEmpty()) {
        byExtension.computeIfAbsent(glob.extension(), _ -> new ArrayList<>()).add(one);
      } else if (!glob.tellingDirectory().isEmpty()) {
        byDirectory.computeIfAbsent(glob.tellingDirectory(), _ -> new ArrayList<>()).add(one);
      } else if (!first.isEmpty()) {
        byFirstDirectory.computeIfAbsent(first, _ -> new ArrayList<>()).add(one);
      } else if (!glob.literalStartOfName().isEmpty()) {
        char initial = glob.literalStartOfName().charAt(0);
        byInitial.computeIfAbsent(initial, _ -> new ArrayList<>()).add(one);
      } else {
        others.add(one);
      }
    }
  }
}
