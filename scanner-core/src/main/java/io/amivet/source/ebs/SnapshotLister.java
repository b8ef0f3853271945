package io.amivet.source.ebs;

import io.amivet.source.AcquisitionException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ebs.model.Block;
import software.amazon.awssdk.services.ebs.model.ListSnapshotBlocksRequest;
import software.amazon.awssdk.services.ebs.model.ListSnapshotBlocksResponse;

/** Lists the blocks of one snapshot, and checks what the service says. */
final class SnapshotLister {
  private static final int MAX_RESULTS = 10_000;
  private static final int MAX_VOLUME_GIB = 64 << 10;
  private static final int BLOCKS_PER_GIB = (1 << 30) / EbsSnapshot.BLOCK_BYTES;

  /** The API may answer an empty page with a token; one that does nothing else is broken. */
  private static final int MAX_EMPTY_PAGES = 1000;

  private final EbsCalls calls;
  private final AwsFailures.Request about;
  private final String snapshotId;
  private final RequestMeter meter;

  SnapshotLister(EbsCalls calls, String snapshotId, String region, RequestMeter meter) {
    this.calls = calls;
    this.snapshotId = snapshotId;
    this.about = EbsSnapshot.about("ebs:ListSnapshotBlocks", snapshotId, region);
    this.meter = meter;
  }

  BlockListing list() throws IOException {
    BlockListing.Builder listing = new BlockListing.Builder();
    String nextToken = null;
    int emptyPages = 0;
    do {
      ListSnapshotBlocksResponse page = page(nextToken);
      addPage(listing, page);
      emptyPages = page.blocks().isEmpty() ? emptyPages + 1 : 0;
      if (emptyPages > MAX_EMPTY_PAGES) {
        throw contradiction("more than " + MAX_EMPTY_PAGES + " empty pages in a row");
      }
      nextToken = page.nextToken();
    } while (nextToken != null && !nextToken.isEmpty());
    return listing.build();
  }

  private ListSnapshotBlocksResponse page(@Nullable String nextToken) throws IOException {
    ListSnapshotBlocksRequest.Builder request =
        ListSnapshotBlocksRequest.builder().snapshotId(snapshotId).maxResults(MAX_RESULTS);
    if (nextToken != null) {
      request.nextToken(nextToken);
    }
    ListSnapshotBlocksRequest built = request.build();
    try {
      return calls.call(client -> client.listSnapshotBlocks(built), meter.lists, meter.retries);
    } catch (EbsCalls.CallFailure e) {
      throw AwsFailures.explain(e.last, about, e.attempts);
    }
  }

  private void addPage(BlockListing.Builder listing, ListSnapshotBlocksResponse page)
      throws AcquisitionException {
    Long sizeGib = page.volumeSize();
    if (sizeGib == null || sizeGib < 1 || sizeGib > MAX_VOLUME_GIB) {
      throw contradiction("a volume of " + sizeGib + " GiB");
    }
    if (listing.volumeSizeGib != 0 && listing.volumeSizeGib != sizeGib) {
      throw contradiction("first " + listing.volumeSizeGib + ", then " + sizeGib + " GiB");
    }
    listing.volumeSizeGib = sizeGib;
    listing.answeredBlockSize = page.blockSize();
    listing.expiresAt(page.expiryTime());
    long blocks = sizeGib * BLOCKS_PER_GIB;
    for (Block block : page.blocks()) {
      Integer index = block.blockIndex();
      String token = block.blockToken();
      if (index == null || index < 0 || index >= blocks) {
        throw contradiction("block " + index + " of a volume of " + blocks + " blocks");
      }
      if (token == null || token.length() > BlockListing.MAX_TOKEN_BYTES) {
        throw contradiction("no usable token for block " + index);
      }
      listing.add(index, token);
    }
    // Room for a listing that names every block twice, as one in upload order may.
    if (listing.count() > 2 * blocks + MAX_RESULTS) {
      throw contradiction("far more blocks than the volume has");
    }
  }

  private AcquisitionException contradiction(String what) {
    return new AcquisitionException(
        about.subject() + " cannot be read: the endpoint lists " + what, null);
  }
}
