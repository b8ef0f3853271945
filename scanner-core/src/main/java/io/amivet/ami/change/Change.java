package io.amivet.ami.change;

import io.amivet.ami.change.AmiAccount.Parameter;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One step of a plan: the state that something is to be in. It can be applied again without harm.
 */
public sealed interface Change {
  /** What it is about: the id of an image or snapshot, the name of a parameter or file. */
  String resource();

  /** What applying it does, for the user. The same for equal changes: journals know it by this. */
  String description();

  /** Reads what is there now. */
  Observation observe(AmiAccount account) throws IOException;

  /** Makes it so. */
  void apply(AmiAccount account) throws IOException;

  /**
   * What is there.
   *
   * @param present in words
   * @param done whether nothing is left to do
   */
  record Observation(String present, boolean done) {}

  /** Nobody outside the account's shares: the group of everybody loses its permission. */
  record MakePrivate(String resource) implements Change {
    @Override
    public String description() {
      return "make private: take the permission of everybody away";
    }

    @Override
    public Observation observe(AmiAccount account) throws IOException {
      Set<Grantee> now = account.grantees(resource);
      return new Observation(words(now), !now.contains(Grantee.EVERYBODY));
    }

    @Override
    public void apply(AmiAccount account) throws IOException {
      account.revoke(resource, Set.of(Grantee.EVERYBODY));
    }
  }

  /** Nobody but those to keep has a permission. */
  record RemovePermissions(String resource, Set<Grantee> keep) implements Change {
    public RemovePermissions {
      keep = Set.copyOf(keep);
    }

    @Override
    public String description() {
      return keep.isEmpty()
          ? "take all permissions of others away"
          : "take all permissions away but those of " + words(keep);
    }

    @Override
    public Observation observe(AmiAccount account) throws IOException {
      Set<Grantee> now = account.grantees(resource);
      return new Observation(words(now), keep.containsAll(now));
    }

    @Override
    public void apply(AmiAccount account) throws IOException {
      Set<Grantee> others = new TreeSet<>(account.grantees(resource));
      others.removeAll(keep);
      if (!others.isEmpty()) {
        account.revoke(resource, others);
      }
    }
  }

  /** These have a permission, beside those that have one already. */
  record Share(String resource, Set<Grantee> with) implements Change {
    public Share {
      with = Set.copyOf(with);
    }

    @Override
    public String description() {
      return "share with " + words(with);
    }

    @Override
    public Observation observe(AmiAccount account) throws IOException {
      Set<Grantee> now = account.grantees(resource);
      return new Observation(words(now), now.containsAll(with));
    }

    @Override
    public void apply(AmiAccount account) throws IOException {
      Set<Grantee> missing = new TreeSet<>(with);
      missing.removeAll(account.grantees(resource));
      if (!missing.isEmpty()) {
        account.grant(resource, missing);
      }
    }
  }

  /** These tags have these values. */
  record SetTags(String resource, Map<String, String> tags) implements Change {
    public SetTags {
      tags = Map.copyOf(tags);
    }

    @Override
    public String description() {
      return "tag " + words(tags);
    }

    @Override
    public Observation observe(AmiAccount account) throws IOException {
      Map<String, String> now = new TreeMap<>(account.tags(resource));
      now.keySet().retainAll(tags.keySet());
      return new Observation(now.isEmpty() ? "none of these tags" : words(now), now.equals(tags));
    }

    @Override
    public void apply(AmiAccount account) throws IOException {
      account.tag(resource, tags);
    }

    private static String words(Map<String, String> tags) {
      return new TreeMap<>(tags)
          .entrySet().stream()
              .map(tag -> tag.getKey() + "=" + tag.getValue())
              .collect(Collectors.joining(", "));
    }
  }

  /** The image is deprecated from a time on; EC2 keeps it to the minute. */
  record Deprecate(String resource, Instant time) implements Change {
    @Override
    public String description() {
      return "deprecate at " + time;
    }

    @Override
    public Observation observe(AmiAccount account) throws IOException {
      Optional<Instant> now = account.image(resource).deprecationTime();
      return new Observation(
          now.map(Instant::toString).orElse("no deprecation date"), now.equals(Optional.of(time)));
    }

    @Override
    public void apply(AmiAccount account) throws IOException {
      account.deprecate(resource, time);
    }
  }

  /** The image carries a watermark, which copies and images made from it inherit. */
  record AttachWatermark(String resource, String name) implements Change {
    @Override
    public String description() {
      return "attach the watermark " + name;
    }

    @Override
    public Observation observe(AmiAccount account) throws IOException {
      Set<String> now = account.image(resource).watermarks();
      return new Observation(
          now.isEmpty() ? "no watermark" : String.join(", ", new TreeSet<>(now)),
          now.contains(name));
    }

    @Override
    public void apply(AmiAccount account) throws IOException {
      account.attachWatermark(resource, name);
    }
  }

  /** A parameter of Systems Manager names the image. */
  record PointParameter(String resource, String imageId) implements Change {
    @Override
    public String description() {
      return "let the parameter name " + imageId + " (" + Parameter.IMAGE + ")";
    }

    @Override
    public Observation observe(AmiAccount account) throws IOException {
      Optional<Parameter> now = account.parameter(resource);
      return new Observation(
          now.map(one -> one.value() + " (" + one.dataType() + ")").orElse("no such parameter"),
          now.equals(Optional.of(new Parameter(imageId, Parameter.IMAGE))));
    }

    @Override
    public void apply(AmiAccount account) throws IOException {
      account.putImageParameter(resource, imageId);
    }
  }

  /** A file says what was promoted on which grounds. */
  record WriteAttestation(Attestation attestation) implements Change {
    @Override
    public String resource() {
      return attestation.file().toString();
    }

    @Override
    public String description() {
      return "write the attestation of "
          + attestation.imageId()
          + " for stage "
          + attestation.stage().label()
          + " by report "
          + attestation.report().digest();
    }

    @Override
    public Observation observe(AmiAccount account) throws IOException {
      boolean done = attestation.isWritten();
      return new Observation(done ? "written" : "not written", done);
    }

    @Override
    public void apply(AmiAccount account) throws IOException {
      attestation.write(account.callerArn());
    }
  }

  private static String words(Set<Grantee> grantees) {
    return grantees.isEmpty()
        ? "private"
        : new TreeSet<>(grantees).stream().map(Grantee::toString).collect(Collectors.joining(", "));
  }
}
