package io.amivet.source.ebs;

import io.amivet.source.ebs.EbsCalls.BadBlockException;
import io.amivet.source.ebs.EbsCalls.CallFailure;
import java.io.InterruptedIOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.ebs.EbsClient;
import software.amazon.awssdk.services.ebs.model.GetSnapshotBlockRequest;
import software.amazon.awssdk.services.ebs.model.GetSnapshotBlockResponse;

/**
 * Fetches single blocks and verifies each against the SHA-256 that the service sends with it. The
 * SDK itself does not look at that checksum.
 */
final class BlockFetch {
  private final EbsCalls calls;
  private final String snapshotId;
  private final RequestMeter meter;
  private final BlockDigests digests;

  BlockFetch(EbsCalls calls, String snapshotId, RequestMeter meter, BlockDigests digests) {
    this.calls = calls;
    this.snapshotId = snapshotId;
    this.meter = meter;
    this.digests = digests;
  }

  /** What came over the wire: the headers, and how many bytes of body. */
  private record Received(GetSnapshotBlockResponse head, int bodyBytes) {}

  /**
   * Fetches a block.
   *
   * @param hasTurn whether {@link EbsCalls#awaitTurn} was called for it
   * @return the SHA-256 of the block
   */
  byte[] block(long index, String token, byte[] target, boolean hasTurn)
      throws CallFailure, InterruptedIOException {
    GetSnapshotBlockRequest request =
        GetSnapshotBlockRequest.builder()
            .snapshotId(snapshotId)
            .blockIndex((int) index)
            .blockToken(token)
            .build();
    EbsCalls.Attempt<byte[]> attempt = client -> attempt(client, request, target);
    byte[] sha256 =
        hasTurn
            ? calls.callInTurn(attempt, meter.gets, meter.retries)
            : calls.call(attempt, meter.gets, meter.retries);
    digests.add(index, sha256);
    return sha256;
  }

  private static byte[] attempt(EbsClient client, GetSnapshotBlockRequest request, byte[] target)
      throws BadBlockException {
    ResponseTransformer<GetSnapshotBlockResponse, Received> intoTarget =
        (head, body) -> {
          int read = body.readNBytes(target, 0, EbsSnapshot.BLOCK_BYTES);
          boolean more = read == EbsSnapshot.BLOCK_BYTES && body.read() >= 0;
          return new Received(head, more ? read + 1 : read);
        };
    Received received = client.getSnapshotBlock(request, intoTarget);
    return verified(received.head(), received.bodyBytes(), target);
  }

  /** The SHA-256 of a block that is what the endpoint says it is. */
  private static byte[] verified(GetSnapshotBlockResponse head, int bodyBytes, byte[] block)
      throws BadBlockException {
    Integer stated = head.dataLength();
    if (bodyBytes != EbsSnapshot.BLOCK_BYTES
        || (stated != null && stated != EbsSnapshot.BLOCK_BYTES)) {
      throw new BadBlockException(
          "a block came with "
              + (bodyBytes > EbsSnapshot.BLOCK_BYTES ? "more than 524288" : bodyBytes)
              + " bytes (stated: "
              + stated
              + ") where EBS blocks have 524288");
    }
    String checksum = head.checksum();
    if (checksum == null || !isSha256(head.checksumAlgorithmAsString())) {
      throw new BadBlockException("a block came without its SHA-256 checksum");
    }
    byte[] sha256 = BlockDigests.of(block, EbsSnapshot.BLOCK_BYTES);
    if (!checksum.equals(Base64.getEncoder().encodeToString(sha256))) {
      throw new BadBlockException("a block does not match its SHA-256 checksum");
    }
    return sha256;
  }

  private static boolean isSha256(@Nullable String algorithm) {
    return algorithm == null || algorithm.equals("SHA256");
  }
}
