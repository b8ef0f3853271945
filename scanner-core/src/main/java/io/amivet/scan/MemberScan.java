package io.amivet.scan;

import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ImageView;
import io.amivet.inside.Member;
import io.amivet.inside.MemberPath;
import io.amivet.inside.MemberSink;
import io.amivet.rule.ParserFailure;
import io.amivet.rule.Rule;
import io.amivet.rule.RuleSet;
import io.amivet.rule.RuleSet.RuleMatch;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Judges what lies in one file of the image: each member runs through the rules as if the archive
 * were a system's root, and as if its first directory were. What a rule does not look at outside,
 * the manuals in {@code /usr/share/doc} say, it does not look at inside either.
 */
final class MemberScan implements MemberSink {
  /** Findings in one file of the image; the rest is counted. */
  private static final int MAX_MATCHES = 10_000;

  private static final int PIECE_BYTES = 128 << 10;

  /** Layers as {@code docker save} and the OCI layout name them. */
  private static final Pattern LAYER =
      Pattern.compile("(?:.*/)?(?:[0-9a-f]{64}/layer\\.tar|blobs/sha256/[0-9a-f]{64})");

  private final RuleSet outside;
  private final RuleSet inside;
  private final ImageView image;
  private final ImageView around;
  private final ContentSearch search;
  private final Set<Rule> leftOut;
  private final Set<Rule> aboutTheMachine;
  private final byte[] piece = new byte[PIECE_BYTES];
  private final List<Found> found = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private int dropped;

  /** A match and the member it is in. */
  record Found(MemberPath path, Member member, RuleMatch match) {}

  /**
   * @param outside the rules, with the homes of the image
   * @param inside the same with homes anywhere
   * @param outerPath Latin-1 path of the file of the image
   */
  MemberScan(
      RuleSet outside, RuleSet inside, ImageView image, ContentSearch search, String outerPath) {
    this.outside = outside;
    this.inside = inside;
    this.image = image;
    this.around = ImageView.empty().withPasswordWork(image.passwordWork());
    this.search = search;
    this.leftOut = outside.excluding(outerPath);
    this.aboutTheMachine = ScanRoots.aboutTheMachine(outside);
  }

  List<Found> found() {
    return found;
  }

  /** Why not all was judged, one sentence each. */
  List<String> problems() {
    List<String> all = new ArrayList<>(problems);
    if (dropped > 0) {
      all.add(dropped + " more findings than are kept for one file");
    }
    return all;
  }

  @Override
  public void enter(MemberPath archive) {
    // Each member is judged by itself.
  }

  @Override
  public void leave() {
    // Each member is judged by itself.
  }

  @Override
  public void file(MemberPath path, Member member, InputStream contents) throws IOException {
    String asRoot = "/" + member.name();
    int slash = asRoot.indexOf('/', 1);
    List<String> paths = slash < 0 ? List.of(asRoot) : List.of(asRoot, asRoot.substring(slash));
    judge(path, member, contents, paths, inside, around);
  }

  /** A rotated log, say, is judged as the log it was. */
  @Override
  public void decompressed(MemberPath path, Member member, InputStream contents)
      throws IOException {
    if (member.name().startsWith("/")) {
      judge(path, member, contents, List.of(member.name()), outside, image);
    } else {
      file(path, member, contents);
    }
  }

  @Override
  public void notSearched(MemberPath path, String reason) {
    problems.add(path.isFile() ? reason : path + ": " + reason);
  }

  private void judge(
      MemberPath path,
      Member member,
      InputStream contents,
      List<String> paths,
      RuleSet rules,
      ImageView around)
      throws IOException {
    List<RuleMatch> matches = new ArrayList<>();
    search.begin();
    try {
      List<Rule> selected = counting(path, paths, rules::select);
      if (!selected.isEmpty()) {
        byte[] head = contents.readNBytes(ImageView.MAX_FILE_BYTES);
        evaluate(path, member, head, paths, rules, around, matches);
        search.feed(MemorySegment.ofArray(head));
      }
      for (int count; (count = contents.read(piece, 0, piece.length)) > 0; ) {
        search.feed(MemorySegment.ofArray(piece).asSlice(0, count));
      }
    } finally {
      ContentSearch.Result result =
          search.finish(() -> counting(path, paths, rules::contentRules), matches);
      matches.addAll(result.matches());
      result.problems().forEach(problem -> notSearched(path, problem));
      for (RuleMatch match : matches) {
        if (found.size() < MAX_MATCHES) {
          found.add(new Found(path, member, match));
        } else {
          dropped++;
        }
      }
    }
  }

  private void evaluate(
      MemberPath memberPath,
      Member member,
      byte[] head,
      List<String> paths,
      RuleSet rules,
      ImageView around,
      List<RuleMatch> matches) {
    Set<Rule> done = new LinkedHashSet<>();
    for (String path : paths) {
      List<Rule> selected = new ArrayList<>(counting(memberPath, List.of(path), rules::select));
      selected.removeAll(done);
      done.addAll(selected);
      boolean truncated = head.length == ImageView.MAX_FILE_BYTES;
      ArtifactFile file =
          new ArtifactFile(path, head, truncated, member.mode(), member.uid(), member.gid());
      try {
        matches.addAll(rules.evaluate(selected, file, around));
      } catch (ParserFailure e) {
        matches.addAll(e.matches());
        problems.add("please report this bug: " + e.getMessage());
      }
    }
  }

  private interface Selection {
    List<Rule> of(String latin1Path);
  }

  /** The rules that count under one of the paths, and do not leave the archive out. */
  private List<Rule> counting(MemberPath member, List<String> paths, Selection selection) {
    Set<Rule> rules = new LinkedHashSet<>();
    for (String path : paths) {
      rules.addAll(selection.of(path));
    }
    if (rules.isEmpty()) {
      return List.of();
    }
    rules.removeAll(leftOut);
    if (isInLayer(member)) {
      rules.removeAll(aboutTheMachine);
    }
    paths.forEach(path -> rules.removeAll(inside.excluding(path)));
    return List.copyOf(rules);
  }

  private static boolean isInLayer(MemberPath member) {
    List<String> archives = member.names().subList(0, Math.max(0, member.names().size() - 1));
    return archives.stream().anyMatch(name -> LAYER.matcher(name).matches());
  }
}
