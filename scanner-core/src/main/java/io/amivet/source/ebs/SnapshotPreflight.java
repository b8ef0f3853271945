package io.amivet.source.ebs;

import io.amivet.source.AcquisitionException;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Snapshot;

/**
 * Asks EC2 about a snapshot before the first request that costs money, to say in advance why it
 * cannot be read. Reading needs no {@code ec2:DescribeSnapshots}: where that is denied or not
 * served, the EBS direct APIs have the word.
 */
final class SnapshotPreflight {
  private final Ec2Client client;

  SnapshotPreflight(Ec2Client client) {
    this.client = client;
  }

  /**
   * Adds to {@code notes} what the user should know.
   *
   * @throws AcquisitionException if EC2 knows the snapshot and says that it is not readable
   */
  void check(String snapshotId, List<String> notes) throws AcquisitionException {
    List<Snapshot> snapshots;
    try {
      snapshots = client.describeSnapshots(request -> request.snapshotIds(snapshotId)).snapshots();
    } catch (AwsServiceException e) {
      notes.add("EC2 says nothing about " + snapshotId + " (" + AwsFailures.code(e) + ")");
      return;
    } catch (SdkException e) {
      notes.add("EC2 says nothing about " + snapshotId + " (" + AwsFailures.detail(e) + ")");
      return;
    }
    for (Snapshot snapshot : snapshots) {
      if (snapshotId.equals(snapshot.snapshotId())) {
        check(snapshot, notes);
      }
    }
  }

  private static void check(Snapshot snapshot, List<String> notes) throws AcquisitionException {
    String id = snapshot.snapshotId();
    String state = AwsText.clean(snapshot.stateAsString());
    if (!state.isEmpty() && !state.equals("completed")) {
      throw new AcquisitionException(
          "snapshot "
              + id
              + " cannot be read: its state is '"
              + state
              + "' ("
              + AwsText.clean(snapshot.progress())
              + "); "
              + (state.equals("pending")
                  ? "wait with 'aws ec2 wait snapshot-completed --snapshot-ids " + id + "'"
                  : "make a new snapshot"),
          null);
    }
    if ("archive".equals(snapshot.storageTierAsString())) {
      throw new AcquisitionException(
          "snapshot "
              + id
              + " cannot be read: it is archived; restore it first with 'aws ec2"
              + " restore-snapshot-tier --snapshot-id "
              + id
              + " --temporary-restore-days 1' (up to 72 hours)",
          null);
    }
    if (Boolean.TRUE.equals(snapshot.encrypted())) {
      notes.add("snapshot " + id + " is encrypted: reading it needs kms:Decrypt on its key");
    }
  }
}
