package io.amivet.testdata.aws;

import java.util.Set;
import java.util.TreeSet;

/**
 * Who an access key belongs to, and what an administrator allows it. Whoever the endpoint does not
 * know is an administrator of {@link ServedSnapshot#OWN_ACCOUNT}.
 *
 * @param accessKey what requests are signed with
 * @param actions {@code ec2:CopySnapshot}; {@code *} for all
 * @param snapshots the ids that the actions on snapshots may name; {@code *} for all
 */
public record Principal(
    String accessKey, String account, String arn, Set<String> actions, Set<String> snapshots) {
  private static final String ALL = "*";

  public Principal {
    actions = Set.copyOf(actions);
    snapshots = Set.copyOf(snapshots);
  }

  /** A user who may do everything in an account. */
  public static Principal administrator(String accessKey, String account) {
    String arn = "arn:aws:iam::" + account + ":user/tester";
    return new Principal(accessKey, account, arn, Set.of(ALL), Set.of(ALL));
  }

  /** The same user, with these actions and no others. */
  public Principal withOnly(String... allowed) {
    return new Principal(accessKey, account, arn, Set.of(allowed), snapshots);
  }

  /** The same user, who may name these snapshots and no others. */
  public Principal withSnapshots(String... ids) {
    return new Principal(accessKey, account, arn, actions, new TreeSet<>(Set.of(ids)));
  }

  boolean mayCall(String action) {
    return actions.contains(ALL) || actions.contains(action);
  }

  boolean mayName(String snapshotId) {
    return snapshots.contains(ALL) || snapshots.contains(snapshotId);
  }
}
