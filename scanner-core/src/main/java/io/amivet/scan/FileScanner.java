package io.amivet.scan;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ImageView;
import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.fs.ContentReader;
import io.amivet.fs.FileContent;
import io.amivet.fs.Inode;
import io.amivet.match.ContentHit;
import io.amivet.match.MatchStream;
import io.amivet.plan.PlannedFile;
import io.amivet.rule.ParserFailure;
import io.amivet.rule.Rule;
import io.amivet.rule.RuleSet;
import io.amivet.rule.RuleSet.RuleMatch;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
  private final MatchStream tokens;
  private final ScanProgress progress;
  private final AtomicInteger sourceFailures;
  private final MemorySegment buffer = MemorySegment.ofArray(new byte[PIECE_BYTES]);

  /**
   * @param sourceFailures counts reads that failed for a reason outside the image
   */
  FileScanner(
      Mount mount,
      ImageView image,
      RuleSet rules,
      MatchStream tokens,
      ScanProgress progress,
      AtomicInteger sourceFailures) {
    this.mount = mount;
    this.image = image;
    this.rules = rules;
    this.tokens = tokens;
    this.progress = progress;
    this.sourceFailures = sourceFailures;
  }

  /**
   * What came out of one file.
   *
   * @param problems why the file was not judged completely, one sentence each
   */
  record Result(List<RuleMatch> matches, List<String> problems) {}

  /**
   * All that is in the file. A secret that a parser understood is not reported again by a token
   * rule.
   */
  Result scan(PlannedFile file) {
    List<RuleMatch> matches = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    try {
      ContentReader reader = new ContentReader(mount.fs().volume(), file.content());
      byte @Nullable [] head = file.rules().isEmpty() ? null : head(reader);
      if (head != null) {
        evaluate(file, head, matches, problems);
      }
      if (file.tokens()) {
        search(file, reader, head, matches, problems);
      }
    } catch (CorruptImageException e) {
      mount.volume().anomalies().add(e);
      problems.add(String.valueOf(e.getMessage()));
    } catch (IOException | InternalError e) {
      sourceFailures.incrementAndGet();
      problems.add(SourceFailure.sentence(e));
    }
    return new Result(matches, problems);
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

  private void addEngineProblems(List<String> problems) {
    if (tokens.abortedMatches() > 0) {
      problems.add(tokens.abortedMatches() + " patterns took too long and were given up");
    }
    if (tokens.droppedHits() > 0) {
      problems.add(tokens.droppedHits() + " more secrets than are kept for one file");
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
      byte @Nullable [] head,
      List<RuleMatch> matches,
      List<String> problems)
      throws IOException {
    tokens.reset();
    try {
      feedAll(file.content(), reader, head);
    } finally {
      // What was found before a read failed counts.
      addTokens(file, matches, tokens.finish());
      addEngineProblems(problems);
    }
  }

  private void feedAll(FileContent content, ContentReader reader, byte @Nullable [] head)
      throws IOException {
    long position = 0;
    if (head != null) {
      tokens.feed(MemorySegment.ofArray(head));
      position = head.length;
    }
    for (ByteRange written : content.writtenRanges()) {
      long start = Math.max(position, written.offset());
      if (start < written.end()) {
        tokens.skip(start - position);
        feed(reader, start, written.end());
        position = written.end();
      }
    }
  }

  private void feed(ContentReader reader, long from, long to) throws IOException {
    for (long at = from; at < to; ) {
      MemorySegment piece = buffer.asSlice(0, Math.min(PIECE_BYTES, to - at));
      reader.read(at, piece);
      tokens.feed(piece);
      at += piece.byteSize();
      progress.read(piece.byteSize());
    }
  }

  private void addTokens(PlannedFile file, List<RuleMatch> matches, List<ContentHit> hits) {
    Set<Object> understood = new HashSet<>();
    for (RuleMatch match : matches) {
      understood.add(match.rule().id());
      understood.addAll(match.artifact().secrets());
      understood.add(match.artifact().fields().getOrDefault("fingerprint", ""));
    }
    List<Rule> inScope = hits.isEmpty() ? List.of() : rules.contentRules(file.mountedPath());
    for (ContentHit hit : hits) {
      Artifact artifact = hit.artifact();
      boolean known =
          understood.contains(hit.rule().id())
              || artifact.secrets().stream().anyMatch(understood::contains);
      if (!known && inScope.contains(hit.rule())) {
        matches.add(new RuleMatch(hit.rule(), artifact));
      }
    }
  }
}
