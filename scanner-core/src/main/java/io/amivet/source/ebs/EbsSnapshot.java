package io.amivet.source.ebs;

import io.amivet.cache.ChunkSource;
import io.amivet.finding.Custody.DiskDigest;
import io.amivet.source.AcquisitionException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * One EBS snapshot through the EBS direct APIs. Blocks are of 512 KiB; only those that were ever
 * written are listed, all others read as zeros.
 *
 * <p>Lives as long as the {@link AwsTargets} that opened it; closing it does nothing.
 */
public final class EbsSnapshot implements ChunkSource {
  static final int BLOCK_BYTES = 512 << 10;

  /** Tokens live for seven days: a scan needs none, and an endpoint that needs more is broken. */
  private static final int MAX_RELISTS = 20;

  private final String id;
  private final String deviceName;
  private final int concurrency;
  private final AwsFailures.Request about;
  private final String region;
  private final EbsCalls calls;
  private final BlockFetch fetch;
  private final SnapshotLister lister;
  private final RequestMeter meter;
  private final BlockDigests digests = new BlockDigests();
  private final ReentrantLock relisting = new ReentrantLock();
  private final BlockListing first;
  private volatile BlockListing listing;
  private int relists;
  private volatile @Nullable AcquisitionException refusal;

  private EbsSnapshot(
      String id,
      String deviceName,
      String region,
      EbsCalls calls,
      int concurrency,
      EbsPrices prices)
      throws IOException {
    this.id = id;
    this.region = region;
    this.deviceName = deviceName;
    this.concurrency = concurrency;
    this.meter = new RequestMeter(prices);
    this.about = about("ebs:GetSnapshotBlock", id, region);
    this.calls = calls;
    this.fetch = new BlockFetch(calls, id, meter, digests);
    this.lister = new SnapshotLister(calls, id, region, meter);
    this.first = lister.list();
    this.listing = first;
  }

  /**
   * Lists the snapshot's blocks.
   *
   * @param deviceName what the AMI calls the volume, {@code /dev/xvda}; empty for a bare snapshot
   */
  static EbsSnapshot open(
      String id, String deviceName, String region, EbsCalls calls, AwsOptions options)
      throws IOException {
    return new EbsSnapshot(id, deviceName, region, calls, options.concurrency(), options.prices());
  }

  static AwsFailures.Request about(String action, String snapshotId, String region) {
    String partition = PartitionMetadata.of(Region.of(region)).id();
    String arn = "arn:" + partition + ":ec2:" + region + "::snapshot/" + snapshotId;
    return new AwsFailures.Request(action, "snapshot " + snapshotId, arn);
  }

  /** {@code snap-…}. */
  public String id() {
    return id;
  }

  /** What the AMI calls the volume, {@code /dev/xvda}; empty for a bare snapshot. */
  public String deviceName() {
    return deviceName;
  }

  /** Over the verified checksums of all blocks fetched so far; empty if none was. */
  public Optional<DiskDigest> digest() {
    return digests.digest(id);
  }

  /** Blocks that the snapshot holds. */
  public long presentBlocks() {
    return first.blocks();
  }

  @Override
  public int chunkSizeBytes() {
    return BLOCK_BYTES;
  }

  @Override
  public long sizeBytes() {
    return first.volumeSizeGib() << 30;
  }

  @Override
  public boolean holds(long chunkIndex) {
    return first.holds(chunkIndex);
  }

  @Override
  public int concurrency() {
    return concurrency;
  }

  @Override
  public void reused(long chunkIndex, byte[] sha256) {
    digests.add(chunkIndex, sha256);
  }

  @Override
  public Optional<BitSet> changedSince(String earlier) throws IOException {
    if (!earlier.startsWith("snap-")) {
      return Optional.empty();
    }
    long blocks = sizeBytes() / BLOCK_BYTES;
    return Optional.of(new ChangedBlocks(calls, earlier, id, region, blocks, meter).list());
  }

  @Override
  public int worthAhead() {
    return calls.worthUnderWay();
  }

  @Override
  public Traffic traffic() {
    return meter.traffic();
  }

  @Override
  public void awaitTurn(long chunkIndex) throws InterruptedIOException {
    calls.awaitTurn();
  }

  @Override
  public byte[] fetch(long chunkIndex, byte[] target) throws IOException {
    return fetch(chunkIndex, target, false);
  }

  @Override
  public byte[] fetchAhead(long chunkIndex, byte[] target) throws IOException {
    return fetch(chunkIndex, target, true);
  }

  private byte[] fetch(long chunkIndex, byte[] target, boolean hasTurn) throws IOException {
    AcquisitionException known = refusal;
    if (known != null) {
      throw new AcquisitionException(String.valueOf(known.getMessage()), known);
    }
    BlockListing current = listing;
    if (current.isExpired(Instant.now())) {
      current = relist(current);
    }
    try {
      return fetch.block(chunkIndex, token(current, chunkIndex), target, hasTurn);
    } catch (EbsCalls.CallFailure e) {
      if (!AwsFailures.isInvalidBlockToken(e.last)) {
        throw failed(e, chunkIndex);
      }
      return fetchWithNewToken(relist(current), chunkIndex, target);
    }
  }

  private byte[] fetchWithNewToken(BlockListing current, long chunkIndex, byte[] target)
      throws IOException {
    try {
      return fetch.block(chunkIndex, token(current, chunkIndex), target, false);
    } catch (EbsCalls.CallFailure e) {
      throw failed(e, chunkIndex);
    }
  }

  private String token(BlockListing from, long chunkIndex) throws AcquisitionException {
    String token = from.token(chunkIndex);
    if (token == null) {
      throw new AcquisitionException(
          about.subject() + " cannot be read: block " + chunkIndex + " is not listed", null);
    }
    return token;
  }

  private AcquisitionException failed(EbsCalls.CallFailure e, long chunkIndex) {
    boolean whole = AwsFailures.concernsWholeSnapshot(e.last);
    AwsFailures.Request request =
        whole
            ? about
            : new AwsFailures.Request(
                about.action(), "block " + chunkIndex + " of " + about.subject(), about.arn());
    AcquisitionException sentence = AwsFailures.explain(e.last, request, e.attempts);
    if (whole) {
      refusal = sentence;
    }
    return sentence;
  }

  /** A newer listing than {@code stale}; many callers at once cause one request. */
  private BlockListing relist(BlockListing stale) throws IOException {
    relisting.lock();
    try {
      if (listing == stale) {
        if (relists++ >= MAX_RELISTS) {
          throw new AcquisitionException(
              about.subject() + " cannot be read: its block tokens expire at once", null);
        }
        listing = lister.list();
      }
      return listing;
    } finally {
      relisting.unlock();
    }
  }

  /** Something about the endpoint that the user should know; empty if nothing is odd. */
  String oddity() {
    Integer answered = first.answeredBlockSize();
    return answered == null || answered == BLOCK_BYTES
        ? ""
        : "the endpoint says that blocks of "
            + id
            + " have "
            + answered
            + " bytes; amivet reads them as 524288 bytes and checks the length of each";
  }

  @Override
  public String toString() {
    return deviceName.isEmpty() ? id : id + " (" + deviceName + ")";
  }
}
