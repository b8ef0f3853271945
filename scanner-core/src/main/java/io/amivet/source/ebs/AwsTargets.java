package io.amivet.source.ebs;

import io.amivet.source.AcquisitionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Opens AMIs and snapshots. Nothing of the SDK is loaded before the first {@link #open}: its
 * clients cost a third of a second.
 *
 * <p>Closing it ends the connections that every {@link EbsSnapshot} it opened lives on.
 */
public final class AwsTargets implements AutoCloseable {
  private static final Pattern ID = Pattern.compile("(ami|snap)-[0-9A-Za-z]{1,64}");

  private final AwsOptions options;
  private final RetryPolicy policy;
  private final @Nullable AwsCredentialsProvider credentials;
  private @Nullable AwsClients clients;
  private @Nullable EbsCalls calls;
  private volatile @Nullable CallerIdentity caller;
  private boolean closed;

  public AwsTargets(AwsOptions options) {
    this(options, RetryPolicy.DEFAULT, null);
  }

  AwsTargets(AwsOptions options, RetryPolicy policy, @Nullable AwsCredentialsProvider credentials) {
    this.options = options;
    this.policy = policy;
    this.credentials = credentials;
  }

  /** Whether a target that the user named is for this class: {@code ami-…} or {@code snap-…}. */
  public static boolean isId(String target) {
    return ID.matcher(target).matches();
  }

  /**
   * Resolves the id and lists the blocks of every disk. No block is fetched yet.
   *
   * @throws AcquisitionException with a sentence that says what is wrong and what to do
   */
  public EbsTarget open(String amiOrSnapshotId) throws IOException {
    if (!isId(amiOrSnapshotId)) {
      throw new AcquisitionException(
          "'" + AwsText.clean(amiOrSnapshotId) + "' is neither ami-… nor snap-…", null);
    }
    AwsClients connected = connect();
    return amiOrSnapshotId.startsWith("ami-")
        ? openAmi(amiOrSnapshotId, connected)
        : openSnapshot(amiOrSnapshotId, connected);
  }

  /** ARN of the identity that the requests are signed with; empty if it is not known. */
  public String callerArn() {
    CallerIdentity asked = caller;
    return asked == null ? "" : asked.arn();
  }

  private synchronized AwsClients connect() throws AcquisitionException {
    AwsClients made = clients;
    if (closed) {
      throw new AcquisitionException("the connection to AWS was closed", null);
    }
    if (made == null) {
      made = AwsClients.create(options, policy, credentials);
      clients = made;
      caller = CallerIdentity.ask(made.sts());
      calls =
          new EbsCalls(made.ebs(), policy, options.concurrency(), options.maxRequestsPerSecond());
    }
    return made;
  }

  private EbsTarget openAmi(String id, AwsClients connected) throws IOException {
    AmiResolver.Ami ami = new AmiResolver(connected.ec2(), connected.region()).resolve(id);
    List<String> notes = new ArrayList<>(ami.notes());
    List<EbsSnapshot> disks = openDisks(ami.deviceBySnapshot(), connected, notes);
    return new EbsTarget("ami", id, connected.region(), ami.name(), disks, notes);
  }

  private EbsTarget openSnapshot(String id, AwsClients connected) throws IOException {
    List<String> notes = new ArrayList<>();
    Map<String, String> only = new LinkedHashMap<>();
    only.put(id, "");
    List<EbsSnapshot> disks = openDisks(only, connected, notes);
    return new EbsTarget("snapshot", id, connected.region(), "", disks, notes);
  }

  private List<EbsSnapshot> openDisks(
      Map<String, String> deviceBySnapshot, AwsClients connected, List<String> notes)
      throws IOException {
    SnapshotPreflight preflight = new SnapshotPreflight(connected.ec2());
    List<EbsSnapshot> disks = new ArrayList<>();
    for (Map.Entry<String, String> disk : deviceBySnapshot.entrySet()) {
      preflight.check(disk.getKey(), notes);
      EbsSnapshot snapshot = list(disk.getKey(), disk.getValue(), connected.region());
      if (!snapshot.oddity().isEmpty()) {
        notes.add(snapshot.oddity());
      }
      disks.add(snapshot);
    }
    return disks;
  }

  private EbsSnapshot list(String snapshotId, String deviceName, String region) throws IOException {
    EbsCalls open;
    synchronized (this) {
      open = calls;
    }
    if (open == null) {
      throw new AcquisitionException("the connection to AWS was closed", null);
    }
    return EbsSnapshot.open(snapshotId, deviceName, region, open, options);
  }

  @Override
  public synchronized void close() {
    closed = true;
    AwsClients made = clients;
    clients = null;
    calls = null;
    if (made != null) {
      made.close();
    }
  }
}
