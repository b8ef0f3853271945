package io.amivet.ami.change;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** An account in memory; the process is "killed" after so many writes reached it. */
final class FakeAccount implements AmiAccount {
  static final String AMI = "ami-0123456789abcdef0";
  static final String SNAPSHOT = "snap-0123456789abcdef0";

  final Map<String, Set<Grantee>> grantees = new HashMap<>();
  final Map<String, Map<String, String>> tags = new HashMap<>();
  final Map<String, Parameter> parameters = new HashMap<>();
  final Set<String> watermarks = new TreeSet<>();
  Optional<Instant> deprecation = Optional.empty();
  int writes;
  int killAfter = Integer.MAX_VALUE;
  boolean forgetful;

  /** What a kill looks like from inside. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private void written() {
    writes++;
    if (writes >= killAfter) {
      throw new Killed();
    }
  }

  @Override
  public String region() {
    return "eu-west-1";
  }

  @Override
  public String callerArn() {
    return "arn:aws:iam::111122223333:role/promoter";
  }

  @Override
  public ImageState image(String id) {
    return new ImageState(
        id,
        "name",
        "111122223333",
        "available",
        List.of(SNAPSHOT),
        tags(id),
        deprecation,
        watermarks);
  }

  @Override
  public Set<Grantee> grantees(String id) {
    return new TreeSet<>(grantees.getOrDefault(id, Set.of()));
  }

  @Override
  public void grant(String id, Set<Grantee> more) {
    grantees.computeIfAbsent(id, _ -> new TreeSet<>()).addAll(more);
    written();
  }

  @Override
  public void revoke(String id, Set<Grantee> fewer) {
    if (!forgetful) {
      grantees.computeIfAbsent(id, _ -> new TreeSet<>()).removeAll(fewer);
    }
    written();
  }

  @Override
  public Map<String, String> tags(String id) {
    return Map.copyOf(tags.getOrDefault(id, Map.of()));
  }

  @Override
  public void tag(String id, Map<String, String> more) {
    tags.computeIfAbsent(id, _ -> new HashMap<>()).putAll(more);
    written();
  }

  @Override
  public void deprecate(String id, Instant time) {
    deprecation = Optional.of(time);
    written();
  }

  @Override
  public void attachWatermark(String id, String name) {
    watermarks.add(name);
    written();
  }

  @Override
  public Optional<Parameter> parameter(String name) throws IOException {
    return Optional.ofNullable(parameters.get(name));
  }

  @Override
  public void putImageParameter(String name, String id) {
    parameters.put(name, new Parameter(id, Parameter.IMAGE));
    written();
  }

  @Override
  public void close() {}
}
