package io.amivet.cli;

import io.amivet.cache.BlockCache;
import io.amivet.cache.ChunkSource;
import io.amivet.cache.KeptChunks;
import io.amivet.cache.KeptFolder;
import io.amivet.finding.Report.TargetInfo;
import io.amivet.source.AcquisitionException;
import io.amivet.source.Disk;
import io.amivet.source.ebs.AwsOptions;
import io.amivet.source.ebs.AwsTargets;
import io.amivet.source.ebs.EbsPrices;
import io.amivet.source.ebs.EbsSnapshot;
import io.amivet.source.ebs.EbsTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns a TARGET into disks: an AMI or snapshot of AWS, or what lies on this machine. */
final class DiskOpener {
  private static final Pattern ID = Pattern.compile("(ami|snap)-([0-9a-f]{8}|[0-9a-f]{17})");
  private static final Pattern LOOKS_LIKE_ID = Pattern.compile("(ami|snap)-.*");
  private static final long DEFAULT_CACHE_BYTES = 8L << 30;

  /** The part of the limit that is for blocks being read; the rest is for those that are kept. */
  private static final int WORKING_SHARE = 4;

  private final StdStreams streams;
  private final ExitCleanup cleanup;
  private final LocalOpener local;

  DiskOpener(StdStreams streams, StandardInput input) {
    this.streams = streams;
    this.cleanup = streams.cleanup();
    this.local = new LocalOpener(streams, input);
  }

  /**
   * Opens a target with the further disks that belong to it; the caller closes it.
   *
   * @throws IOException with a sentence that says what to do
   */
  OpenedDisks open(String target, Access access) throws IOException {
    OpenedDisks all = openOne(target, access);
    for (String more : access.moreDisks()) {
      try {
        all = all.and(openOne(more, access));
      } catch (IOException | RuntimeException e) {
        all.close();
        throw e;
      }
    }
    return all;
  }

  private OpenedDisks openOne(String target, Access access) throws IOException {
    Closing resources = new Closing();
    try {
      CacheFolder cache = CacheFolder.make(access.cache().folder(), cleanup);
      resources.add(cache);
      boolean remote = ID.matcher(target).matches() && !Files.exists(Path.of(target));
      return remote
          ? openRemote(target, access, cache, resources)
          : openLocal(target, cache, resources, access.quiet());
    } catch (IOException | RuntimeException e) {
      resources.close();
      throw e;
    }
  }

  private OpenedDisks openLocal(String target, CacheFolder cache, Closing resources, boolean quiet)
      throws IOException {
    boolean input = target.equals(LocalOpener.STANDARD_INPUT);
    if (!input && !Files.exists(Path.of(target))) {
      String sentence =
          LOOKS_LIKE_ID.matcher(target).matches()
              ? "'" + target + "' is neither a file nor an id: ids look like ami-0123456789abcdef0"
              : "no such file: " + target;
      throw new AcquisitionException(sentence, null);
    }
    return local.open(target, cache.path(), resources, quiet);
  }

  private OpenedDisks openRemote(
      String target, Access access, CacheFolder folder, Closing resources) throws IOException {
    AwsTargets aws = new AwsTargets(options(access.aws()));
    resources.add(aws::close);
    EbsTarget opened = aws.open(target);
    long limitBytes =
        access.cache().maxSizeBytes() == 0 ? DEFAULT_CACHE_BYTES : access.cache().maxSizeBytes();
    KeptFolder kept = access.cache().keep() ? keptFolder(access, limitBytes) : null;
    if (kept != null) {
      limitBytes /= WORKING_SHARE;
    }
    List<Disk> disks = new ArrayList<>();
    long sizeBytes = 0;
    for (EbsSnapshot snapshot : opened.disks()) {
      long share = limitBytes / opened.disks().size();
      ChunkSource source =
          kept == null ? snapshot : keep(kept, snapshot, opened.region(), access.aws(), resources);
      BlockCache cache = BlockCache.open(source, folder.path(), share);
      resources.add(cache);
      sizeBytes += cache.sizeBytes();
      disks.add(new Disk(snapshot.id(), cache, cache::statistics, () -> losses(cache)));
    }
    List<String> names = disks.stream().map(Disk::name).toList();
    TargetInfo info = new TargetInfo(opened.kind(), opened.id(), opened.region(), sizeBytes, names);
    Provenance provenance =
        new Provenance(
            aws::callerArn,
            () ->
                opened.disks().stream()
                    .map(EbsSnapshot::digest)
                    .flatMap(Optional::stream)
                    .toList());
    return new OpenedDisks(info, disks, opened.notes(), provenance, resources);
  }

  private static KeptFolder keptFolder(Access access, long limitBytes) throws IOException {
    Path named = access.cache().folder();
    Path folder = named == null ? UserCache.folder(System.getenv()) : named;
    return new KeptFolder(folder.resolve("blocks"), limitBytes - limitBytes / WORKING_SHARE);
  }

  /** An id says which snapshot it is only together with whom one asks. */
  private ChunkSource keep(
      KeptFolder folder, EbsSnapshot snapshot, String region, Access.Aws aws, Closing resources)
      throws IOException {
    URI endpoint = aws.endpointUrl();
    String name =
        region
            + "."
            + snapshot.id()
            + (endpoint == null ? "" : "." + Integer.toHexString(endpoint.hashCode()));
    KeptChunks chunks = folder.over(snapshot, name);
    resources.add(() -> sayWhatBecameOf(chunks, snapshot.id(), folder));
    return chunks;
  }

  private void sayWhatBecameOf(KeptChunks chunks, String id, KeptFolder folder) {
    if (chunks.healed() > 0) {
      streams
          .err()
          .println(
              "amivet: "
                  + chunks.healed()
                  + " kept blocks of "
                  + id
                  + " were damaged and have been fetched again");
    }
    if (chunks.isFull()) {
      streams
          .err()
          .println(
              "amivet: not all blocks of "
                  + id
                  + " were kept in "
                  + folder
                  + ": it is full; raise --cache-size");
    }
  }

  private static List<String> losses(BlockCache cache) {
    Set<Long> failed = cache.failedChunks();
    return failed.isEmpty()
        ? List.of()
        : List.of(failed.size() + " blocks could not be fetched, the first is " + first(failed));
  }

  private static long first(Set<Long> chunks) {
    return chunks.stream().mapToLong(Long::longValue).min().orElseThrow();
  }

  static EbsPrices prices(@Nullable Path file) throws CommandFailure {
    try {
      return file == null ? EbsPrices.builtIn() : EbsPrices.of(file);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, "--prices: " + e.getMessage());
    }
  }

  static double maxRequestsPerSecond(Access.Aws aws) {
    return aws.maxRequestsPerSecond() > 0
        ? aws.maxRequestsPerSecond()
        : AwsOptions.DEFAULT_REQUESTS_PER_SECOND;
  }

  static AwsOptions options(Access.Aws aws) throws CommandFailure {
    return new AwsOptions(
        aws.region(),
        aws.profile(),
        aws.endpointUrl(),
        maxRequestsPerSecond(aws),
        AwsOptions.DEFAULT_CONCURRENCY,
        prices(aws.prices()));
  }
}
