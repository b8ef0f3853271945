package io.amivet.source.ebs;

import io.amivet.source.AcquisitionException;
import java.io.IOException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ebs.model.ChangedBlock;
import software.amazon.awssdk.services.ebs.model.ListChangedBlocksRequest;
import software.amazon.awssdk.services.ebs.model.ListChangedBlocksResponse;

/**
 * Lists the blocks in which a snapshot differs from an earlier one of the same volume: those that
 * were written, and those that only one of the two holds.
 *
 * @see <a href="https://docs.aws.amazon.com/ebs/latest/APIReference/API_ListChangedBlocks.html">
 *     ListChangedBlocks</a>
 */
final class ChangedBlocks {
  private static final int MAX_RESULTS = 10_000;

  /** The API may answer an empty page with a token; one that does nothing else is broken. */
  private static final int MAX_EMPTY_PAGES = 1000;

  private final EbsCalls calls;
  private final AwsFailures.Request about;
  private final String earlier;
  private final String snapshotId;
  private final long blocks;
  private final RequestMeter meter;

  /**
   * @param blocks how many the later snapshot's volume has
   */
  ChangedBlocks(
      EbsCalls calls,
      String earlier,
      String snapshotId,
      String region,
      long blocks,
      RequestMeter meter) {
    this.calls = calls;
    this.earlier = earlier;
    this.snapshotId = snapshotId;
    this.about = EbsSnapshot.about("ebs:ListChangedBlocks", snapshotId, region);
    this.blocks = blocks;
    this.meter = meter;
  }

  BitSet list() throws IOException {
    BitSet changed = new BitSet();
    String nextToken = null;
    long seen = 0;
    int emptyPages = 0;
    do {
      ListChangedBlocksResponse page = page(nextToken);
      for (ChangedBlock block : page.changedBlocks()) {
        Integer index = block.blockIndex();
        if (index == null || index < 0) {
          throw contradiction("block " + index);
        }
        // The volume may have been larger; what is past its end now is in no file.
        if (index < blocks) {
          changed.set(index);
        }
      }
      seen += page.changedBlocks().size();
      emptyPages = page.changedBlocks().isEmpty() ? emptyPages + 1 : 0;
      if (emptyPages > MAX_EMPTY_PAGES || seen > Integer.MAX_VALUE) {
        throw contradiction("pages without end");
      }
      nextToken = page.nextToken();
    } while (nextToken != null && !nextToken.isEmpty());
    return changed;
  }

  private ListChangedBlocksResponse page(@Nullable String nextToken) throws IOException {
    ListChangedBlocksRequest.Builder request =
        ListChangedBlocksRequest.builder()
            .firstSnapshotId(earlier)
            .secondSnapshotId(snapshotId)
            .maxResults(MAX_RESULTS);
    if (nextToken != null) {
      request.nextToken(nextToken);
    }
    ListChangedBlocksRequest built = request.build();
    try {
      return calls.call(client -> client.listChangedBlocks(built), meter.lists, meter.retries);
    } catch (EbsCalls.CallFailure e) {
      throw AwsFailures.explain(e.last, about, e.attempts);
    }
  }

  private AcquisitionException contradiction(String what) {
    return new AcquisitionException(
        about.subject() + " cannot be compared with " + earlier + ": the endpoint lists " + what,
        null);
  }
}
