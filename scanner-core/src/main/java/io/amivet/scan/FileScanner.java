package io.amivet.scan;

import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ImageView;
import io.amivet.block.CorruptImageException;
import io.amivet.fs.ContentReader;
import io.amivet.fs.FileDevice;
import io.amivet.fs.Inode;
import io.amivet.inside.Head;
import io.amivet.inside.Inside;
import io.amivet.inside.Member;
import io.amivet.match.MatchStream;
import io.amivet.match.PieceSink;
import io.amivet.plan.PlannedFile;
import io.amivet.rule.ParserFailure;
import io.amivet.rule.RuleSet;
import io.amivet.rule.RuleSet.RuleMatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads one file after another, each once, and gives its bytes to the parsers and to the match
 * engine. For one thread; keeps its buffer between files.
 */
final class FileScanner {
  static final int PIECE_BYTES = 512 << 10;

  private final Mount mount;
  private final ImageView image;
  private final RuleSet rules;
  private final Inside inside;
  private final RuleSet rulesInside;
  private final ContentSearch search;
  private final ContentPieces pieces;
  private final ScanProgress progress;
  private final AtomicInteger sourceFailures;

  /**
   * @param inside looks into archives and their like
   * @param sourceFailures counts reads that failed for a reason outside the image
   */
  FileScanner(
      Mount mount,
      ImageView image,
      RuleSet rules,
      Inside inside,
      MatchStream tokens,
      ScanProgress progress,
      AtomicInteger sourceFailures) {
    this.mount = mount;
    this.image = image;
    this.rules = rules;
    this.inside = inside;
    this.rulesInside = rules.withHomesAnywhere();
    this.search = new ContentSearch(tokens);
    this.pieces = new ContentPieces(tokens.newBuffer(PIECE_BYTES), progress);
    this.progress = progress;
    this.sourceFailures = sourceFailures;
  }

  /**
   * What came out of one file.
   *
   * @param inside what is in its members, if it has any
   * @param problems why the file was not judged completely, one sentence each
   */
  record Result(List<RuleMatch> matches, List<MemberScan.Found> inside, List<String> problems) {}

  /**
   * All that is in the file. A secret that a parser understood is not reported again by a token
   * rule.
   *
   * @param listeners see the bytes of the file as they are read, if all of it is read
   */
  Result scan(PlannedFile file, List<? extends PieceSink> listeners) {
    List<RuleMatch> matches = new ArrayList<>();
    List<MemberScan.Found> within = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    try {
      ContentReader reader = new ContentReader(mount.fs().volume(), file.content());
      byte @Nullable [] head = file.rules().isEmpty() ? null : head(reader);
      if (head != null) {
        evaluate(file, head, matches, problems);
      }
      if (file.tokens()) {
        byte[] start = head == null ? reader.readUpTo(Head.MAX_BYTES) : head;
        if (head == null) {
          progress.read(start.length);
        }
        if (!lookInside(file, Head.of(start), within, problems)) {
          search(file, reader, start, listeners, matches, problems);
        }
      }
    } catch (CorruptImageException e) {
      mount.volume().anomalies().add(e);
      problems.add(String.valueOf(e.getMessage()));
    } catch (IOException | InternalError e) {
      sourceFailures.incrementAndGet();
      problems.add(SourceFailure.sentence(e));
    }
    return new Result(matches, within, problems);
  }

  /** Whether the file holds others, which were searched instead of its own bytes. */
  private boolean lookInside(
      PlannedFile file, Head head, List<MemberScan.Found> within, List<String> problems) {
    if (!inside.recognises(head)) {
      return false;
    }
    Inode inode = file.entry().inode();
    Member self =
        new Member(file.mountedPath(), inode.mode(), inode.uid(), inode.gid(), inode.modified());
    FileDevice device =
        new FileDevice(mount.fs().volume(), file.content(), file.entry().path().toString());
    MemberScan members = new MemberScan(rules, rulesInside, image, search, file.mountedPath());
    boolean understood = inside.search(self, head, device, members);
    progress.read(Math.max(0, device.sizeBytes() - head.length()));
    within.addAll(members.found());
    problems.addAll(members.problems());
    return understood;
  }

  private void evaluate(
      PlannedFile file, byte[] head, List<RuleMatch> matches, List<String> problems) {
    try {
      matches.addAll(rules.evaluate(file.rules(), artifactFile(file, head), image));
    } catch (ParserFailure e) {
      matches.addAll(e.matches());
      problems.add("please report this bug: " + e.getMessage());
    }
  }

  private byte[] head(ContentReader reader) throws IOException {
    byte[] head = reader.readUpTo(ImageView.MAX_FILE_BYTES);
    progress.read(head.length);
    return head;
  }

  private static ArtifactFile artifactFile(PlannedFile file, byte[] head) {
    Inode inode = file.entry().inode();
    boolean truncated = head.length < inode.sizeBytes();
    return new ArtifactFile(
        file.mountedPath(), head, truncated, inode.mode(), inode.uid(), inode.gid());
  }

  private void search(
      PlannedFile file,
      ContentReader reader,
      byte[] head,
      List<? extends PieceSink> listeners,
      List<RuleMatch> matches,
      List<String> problems)
      throws IOException {
    List<PieceSink> sinks = new ArrayList<>(listeners);
    sinks.add(search);
    search.begin();
    try {
      pieces.show(file.content(), reader, head, sinks);
    } finally {
      // What was found before a read failed counts.
      ContentSearch.Result found =
          search.finish(() -> rules.contentRules(file.mountedPath()), matches);
      matches.addAll(found.matches());
      problems.addAll(found.problems());
    }
  }
}
