package io.amivet.cli;

import io.amivet.cache.BlockCache;
import io.amivet.finding.Report.TargetInfo;
import io.amivet.source.AcquisitionException;
import io.amivet.source.Disk;
import io.amivet.source.ebs.AwsOptions;
import io.amivet.source.ebs.AwsTargets;
import io.amivet.source.ebs.EbsSnapshot;
import io.amivet.source.ebs.EbsTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Turns a TARGET into disks: an AMI or snapshot of AWS, or what lies on this machine. */
final class DiskOpener {
  private static final Pattern ID = Pattern.compile("(ami|snap)-([0-9a-f]{8}|[0-9a-f]{17})");
  private static final Pattern LOOKS_LIKE_ID = Pattern.compile("(ami|snap)-.*");
  private static final long DEFAULT_CACHE_BYTES = 8L << 30;

  private final ExitCleanup cleanup;
  private final LocalOpener local;

  DiskOpener(StdStreams streams, StandardInput input) {
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

  private static OpenedDisks openRemote(
      String target, Access access, CacheFolder folder, Closing resources) throws IOException {
    AwsTargets aws = new AwsTargets(options(access.aws()));
    resources.add(aws::close);
    EbsTarget opened = aws.open(target);
    long limitBytes = access.cache().maxSizeBytes();
    List<Disk> disks = new ArrayList<>();
    long sizeBytes = 0;
    for (EbsSnapshot snapshot : opened.disks()) {
      long share = (limitBytes == 0 ? DEFAULT_CACHE_BYTES : limitBytes) / opened.disks().size();
      BlockCache cache = BlockCache.open(snapshot, folder.path(), share);
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

  private static List<String> losses(BlockCache cache) {
    Set<Long> failed = cache.failedChunks();
    return failed.isEmpty()
        ? List.of()
        : List.of(failed.size() + " blocks could not be fetched, the first is " + first(failed));
  }

  private static long first(Set<Long> chunks) {
    return chunks.stream().mapToLong(Long::longValue).min().orElseThrow();
  }

  private static AwsOptions options(Access.Aws aws) {
    return new AwsOptions(
        aws.region(),
        aws.profile(),
        aws.endpointUrl(),
        aws.maxRequestsPerSecond() > 0
            ? aws.maxRequestsPerSecond()
            : AwsOptions.DEFAULT_REQUESTS_PER_SECOND,
        AwsOptions.DEFAULT_CONCURRENCY);
  }
}
