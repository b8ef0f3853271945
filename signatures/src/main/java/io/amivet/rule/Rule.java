package io.amivet.rule;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One signature: what to look for, how bad it is for whom, how to fix it, and samples that prove
 * it.
 *
 * @param id stable identifier such as {@code SSH-001}
 * @param title what was found, as a heading
 * @param description what it means and why it matters, one to three sentences
 * @param category group of the catalogue, lower case: {@code ssh}, {@code hist}, {@code cld}
 * @param severity one for each profile; a profile without an entry does not evaluate the rule
 * @param paths where to look; empty means every regular file
 * @param excludedPaths where not to look although {@code paths} matches
 * @param remediation what to do, for the image's builder
 * @param references pages and controls that ask for it
 * @param examples samples that must and must not fire, run as tests; none in the packs as the build
 *     leaves them ({@link RulePacks#load})
 */
public record Rule(
    String id,
    String title,
    String description,
    String category,
    Map<Profile, Severity> severity,
    List<PathPattern> paths,
    List<PathPattern> excludedPaths,
    Condition condition,
    String remediation,
    List<String> references,
    Examples examples) {

  public Rule {
    severity = Map.copyOf(severity);
    paths = List.copyOf(paths);
    excludedPaths = List.copyOf(excludedPaths);
    references = List.copyOf(references);
  }

  /** Of the id alone, which no two rules share: rules are looked up for each file. */
  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** What must be true of a file that {@code paths} selected. */
  public sealed interface Condition {

    /** The file exists, is regular and has at least {@code minSizeBytes}. */
    record Exists(long minSizeBytes) implements Condition {}

    /**
     * A parser confirmed a fact.
     *
     * @param parser name of an {@link io.amivet.artifact.ArtifactParser}
     * @param kinds accepted {@link io.amivet.artifact.Artifact#kind()}s, at least one
     * @param where field name to accepted values; every entry must hold. A name that starts with
     *     {@code !} must have none of the values. A field that an artifact lacks counts as empty
     */
    record Parsed(String parser, List<String> kinds, Map<String, List<String>> where)
        implements Condition {
      public Parsed {
        kinds = List.copyOf(kinds);
        where = Map.copyOf(where);
      }
    }

    /**
     * The inode is of a certain type, mode or owner, or the symbolic link leads to a certain place;
     * all that is given must hold. Contents are not read, and the file may be of any type.
     *
     * @param types accepted; empty for any
     * @param modeAny permission bits, one of which is set; 0 for none asked
     * @param modeAll permission bits that are all set
     * @param modeNone permission bits none of which is set
     * @param uids accepted owners; empty for any
     * @param refusedUids owners not accepted
     * @param gids accepted groups; empty for any
     * @param refusedGids groups not accepted
     * @param targets globs, one of which the target of the link matches, taken as a path from the
     *     root; empty for any
     * @param refusedTargets globs none of which it matches
     */
    record Metadata(
        Set<FileStatus.Type> types,
        int modeAny,
        int modeAll,
        int modeNone,
        List<Long> uids,
        List<Long> refusedUids,
        List<Long> gids,
        List<Long> refusedGids,
        List<PathPattern> targets,
        List<PathPattern> refusedTargets)
        implements Condition {
      public Metadata {
        types = Set.copyOf(types);
        uids = List.copyOf(uids);
        refusedUids = List.copyOf(refusedUids);
        gids = List.copyOf(gids);
        refusedGids = List.copyOf(refusedGids);
        targets = List.copyOf(targets);
        refusedTargets = List.copyOf(refusedTargets);
      }

      /** Whether all holds but for the targets. */
      boolean accepts(FileStatus status) {
        int mode = status.mode();
        return (types.isEmpty() || types.contains(status.type()))
            && (modeAny == 0 || (mode & modeAny) != 0)
            && (mode & modeAll) == modeAll
            && (mode & modeNone) == 0
            && (uids.isEmpty() || uids.contains(status.uid()))
            && !refusedUids.contains(status.uid())
            && (gids.isEmpty() || gids.contains(status.gid()))
            && !refusedGids.contains(status.gid());
      }
    }

    /**
     * A pattern occurs in the contents, whatever the file.
     *
     * @param regex {@code java.util.regex} over Latin-1 text; the group named {@code secret} (or
     *     else group 1, or else the whole match) is the secret. A match spans at most 4 KiB
     * @param keywords literals, at least one of which occurs (ASCII case ignored) within the match;
     *     the engine looks for these first
     * @param minEntropyBits Shannon entropy a secret must exceed, bits per character; 0 for any
     * @param checks names of built-in checks on the secret: {@code github-crc32}, {@code jwt}
     * @param exemptions what rules of other tools leave out
     */
    record Content(
        String regex,
        List<String> keywords,
        double minEntropyBits,
        List<String> checks,
        Exemptions exemptions)
        implements Condition {
      public Content {
        keywords = List.copyOf(keywords);
        checks = List.copyOf(checks);
      }

      /** Without exemptions. */
      public Content(
          String regex, List<String> keywords, double minEntropyBits, List<String> checks) {
        this(regex, keywords, minEntropyBits, checks, Exemptions.NONE);
      }
    }
  }

  /** Samples of a rule. */
  public record Examples(List<Example> positive, List<Example> negative) {
    static final Examples NONE = new Examples(List.of(), List.of());

    public Examples {
      positive = List.copyOf(positive);
      negative = List.copyOf(negative);
    }
  }

  /**
   * One sample file, with companions where the rule needs more than one.
   *
   * @param path where the file lies
   * @param text its contents; Latin-1
   * @param files other files of the image by path
   * @param status of its inode
   */
  public record Example(String path, String text, Map<String, String> files, FileStatus status) {
    public Example {
      files = Map.copyOf(files);
    }
  }
}
