package io.amivet.scan;

import io.amivet.artifact.Artifact;
import io.amivet.block.BlockDevice;
import io.amivet.block.ByteRange;
import io.amivet.block.CorruptImageException;
import io.amivet.block.MergedRanges;
import io.amivet.finding.Finding;
import io.amivet.match.ContentHit;
import io.amivet.match.MatchStream;
import io.amivet.rule.Rule;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Searches bytes of a volume that belong to no file: free blocks, swap, and volumes that no reader
 * understands. There are no names here, so only rules that hold everywhere count, and one secret is
 * one finding however often it lies there.
 */
final class RawScan {
  /** A stream keeps its hits until it ends, and no more than so many of them. */
  private static final long WINDOW_BYTES = 4L << 20;

  /** What two windows share, so that a match across their border is whole in one of them. */
  private static final long OVERLAP_BYTES = 16 << 10;

  /** Findings kept of one volume. */
  private static final int MAX_FINDINGS = 10_000;

  private static final int PIECE_BYTES = 512 << 10;

  private final OpenedVolume volume;
  private final BlockDevice device;
  private final Set<Rule> rules;
  private final MatchStream tokens;
  private final FindingBuilder findings;
  private final ScanProgress progress;
  private final MemorySegment buffer;
  private final Map<String, Finding> found = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private long bytes;
  private long dropped;

  /**
   * @param everywhere content rules that no path limits
   */
  RawScan(
      OpenedVolume volume,
      List<Rule> everywhere,
      MatchStream tokens,
      FindingBuilder findings,
      ScanProgress progress) {
    this.volume = volume;
    this.device = volume.fs() == null ? volume.volume().device() : volume.fs().volume();
    this.rules = new HashSet<>(everywhere);
    this.tokens = tokens;
    this.buffer = tokens.newBuffer(PIECE_BYTES);
    this.findings = findings;
    this.progress = progress;
  }

  /**
   * What came out of one volume.
   *
   * @param problems why not all was searched, one sentence each
   */
  record Result(List<Finding> findings, long bytes, List<String> problems) {}

  /** Searches what the file system says is free, or all of a volume that has none. */
  Result run() {
    try {
      for (ByteRange range : ranges()) {
        searchRange(range);
      }
    } catch (CorruptImageException e) {
      volume.anomalies().add(e);
      problems.add("free space is not known: " + e.getMessage());
    } catch (IOException | InternalError e) {
      problems.add("not all of the raw bytes could be read: " + SourceFailure.sentence(e));
    }
    if (dropped > 0) {
      problems.add(dropped + " more secrets in raw bytes than are kept");
    }
    return new Result(List.copyOf(found.values()), bytes, problems);
  }

  private void searchRange(ByteRange range) throws IOException {
    for (long at = range.offset(); at < range.end(); at += WINDOW_BYTES) {
      long end = Math.min(range.end(), at + WINDOW_BYTES + OVERLAP_BYTES);
      search(new ByteRange(at, end - at));
      bytes += Math.min(WINDOW_BYTES, range.end() - at);
    }
  }

  private List<ByteRange> ranges() throws IOException {
    if (volume.fs() == null) {
      return device.dataRanges();
    }
    return intersection(volume.fs().freeRanges(), device.dataRanges());
  }

  /** Both ascending; so is the result. */
  static List<ByteRange> intersection(List<ByteRange> one, List<ByteRange> other) {
    MergedRanges common = new MergedRanges();
    for (ByteRange range : one) {
      common.addShifted(other, range.offset(), range.length(), range.offset());
    }
    return common.toList();
  }

  private void search(ByteRange window) throws IOException {
    device.prefetch(List.of(window));
    tokens.reset();
    try {
      for (long at = window.offset(); at < window.end(); ) {
        MemorySegment piece = buffer.asSlice(0, Math.min(PIECE_BYTES, window.end() - at));
        device.read(at, piece);
        tokens.feed(piece);
        at += piece.byteSize();
        progress.read(piece.byteSize());
      }
    } finally {
      keep(window.offset(), tokens.finish());
      dropped += tokens.droppedHits();
    }
  }

  private void keep(long windowOffset, List<ContentHit> hits) {
    for (ContentHit hit : hits) {
      if (!rules.contains(hit.rule())) {
        continue;
      }
      if (found.size() >= MAX_FINDINGS) {
        dropped++;
        continue;
      }
      Artifact artifact = hit.artifact();
      long offset = windowOffset + Math.max(0, artifact.offset());
      Finding finding =
          findings.raw(volume, hit.rule(), artifact, offset, device.imageOffset(offset));
      found.putIfAbsent(finding.id(), finding);
    }
  }
}
