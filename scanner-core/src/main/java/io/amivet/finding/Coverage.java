package io.amivet.finding;

import io.amivet.fs.FsPath;
import io.amivet.fs.JournalState;
import io.amivet.volume.Volume;
import java.util.List;
import java.util.Optional;

/**
 * What was read, and what was not.
 *
 * @param base what was left out since an earlier state of the target had it too
 */
public record Coverage(
    List<VolumeCoverage> volumes,
    List<Skipped> skipped,
    long skippedTotal,
    List<VolumeAnomaly> anomalies,
    BlockStatistics blocks,
    Optional<BaseUse> base) {
  /** Of a scan of everything. */
  public Coverage(
      List<VolumeCoverage> volumes,
      List<Skipped> skipped,
      long skippedTotal,
      List<VolumeAnomaly> anomalies,
      BlockStatistics blocks) {
    this(volumes, skipped, skippedTotal, anomalies, blocks, Optional.empty());
  }

  public Coverage {
    volumes = List.copyOf(volumes);
    skipped = List.copyOf(skipped);
    anomalies = List.copyOf(anomalies);
  }

  /**
   * The earlier state that the target was compared with.
   *
   * @param id of the AMI or snapshot, or the file's name as given
   * @param report name of its report as given; empty if there is none, so that nothing is known of
   *     what is in unchanged files
   * @param unchangedFiles how many files were not searched, being as they were
   */
  public record BaseUse(String id, String report, long unchangedFiles) {}

  /**
   * One volume.
   *
   * @param disk which disk of the target it lies on: a snapshot id or a file name
   * @param journal what became of its journal
   * @param files entries that are not directories
   * @param filesScanned files whose contents rules looked at
   * @param bytesScanned their bytes
   * @param complete false if it holds data that was not read
   */
  public record VolumeCoverage(
      Volume volume,
      String disk,
      JournalState journal,
      long files,
      long directories,
      long filesScanned,
      long bytesScanned,
      boolean complete) {}

  /** A file or directory that was not read, and why. */
  public record Skipped(int volume, FsPath path, String reason) {}

  /**
   * An anomaly and where it was met.
   *
   * @param volume index from 1; 0 for the disk itself
   * @param offset in the image, -1 if unknown
   */
  public record VolumeAnomaly(int volume, String code, String message, long offset) {}

  /**
   * What the source delivered. For local files {@code fetched} and {@code requests} are 0.
   *
   * @param total blocks of the source's own size that the disk has
   * @param present of these, blocks that hold data
   * @param reused blocks that an earlier run had kept, so that they were not fetched
   */
  public record BlockStatistics(
      long total,
      long present,
      long fetched,
      long bytesFetched,
      long reused,
      long requests,
      long retries,
      double estimatedCostUsd) {
    public static final BlockStatistics NONE = new BlockStatistics(0, 0, 0, 0, 0, 0, 0, 0);

    /** The same disk, with what was asked of another as well. */
    public BlockStatistics plusTraffic(BlockStatistics other) {
      BlockStatistics both = plus(other);
      return new BlockStatistics(
          total,
          present,
          both.fetched,
          both.bytesFetched,
          both.reused,
          both.requests,
          both.retries,
          both.estimatedCostUsd);
    }

    /** The sums of both. */
    public BlockStatistics plus(BlockStatistics other) {
      return new BlockStatistics(
          total + other.total,
          present + other.present,
          fetched + other.fetched,
          bytesFetched + other.bytesFetched,
          reused + other.reused,
          requests + other.requests,
          retries + other.retries,
          estimatedCostUsd + other.estimatedCostUsd);
    }
  }

  /** Whether nothing that holds data was left unread. */
  public boolean complete() {
    return skippedTotal == 0 && volumes.stream().allMatch(VolumeCoverage::complete);
  }
}
