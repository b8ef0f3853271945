package io.amivet.ami.change;

import io.amivet.source.AcquisitionException;
import io.amivet.source.ebs.AmiResolver;
import io.amivet.source.ebs.AwsClients;
import io.amivet.source.ebs.AwsFailures;
import io.amivet.source.ebs.AwsOptions;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageWatermark;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;
import software.amazon.awssdk.services.ec2.model.OperationType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagDescription;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.sts.StsClient;

/** An account of AWS, through the SDK. */
public final class AwsAmiAccount implements AmiAccount {
  private final AwsClients clients;
  private final Ec2Client ec2;
  private @Nullable SsmClient ssm;
  private @Nullable String caller;

  private AwsAmiAccount(AwsClients clients) {
    this.clients = clients;
    ec2 = clients.ec2();
  }

  /** Makes the connection; nothing is sent yet. */
  public static AmiAccount connect(AwsOptions options) throws AcquisitionException {
    return new AwsAmiAccount(AwsClients.create(options));
  }

  @Override
  public String region() {
    return clients.region();
  }

  @Override
  public String callerArn() throws IOException {
    String known = caller;
    if (known == null) {
      try (StsClient sts = clients.sts()) {
        known =
            read(
                "sts:GetCallerIdentity",
                "the identity of the caller",
                () -> sts.getCallerIdentity().arn());
      }
      caller = known;
    }
    return known;
  }

  @Override
  public ImageState image(String imageId) throws IOException {
    return state(new AmiResolver(ec2, region()).describe(imageId));
  }

  private static ImageState state(Image image) {
    List<String> snapshots =
        image.blockDeviceMappings().stream()
            .filter(mapping -> mapping.ebs() != null && mapping.ebs().snapshotId() != null)
            .map(mapping -> mapping.ebs().snapshotId())
            .filter(id -> !id.isEmpty())
            .distinct()
            .toList();
    Set<String> watermarks =
        image.imageWatermarks().stream()
            .map(ImageWatermark::watermarkKey)
            .filter(key -> key != null)
            .collect(Collectors.toSet());
    return new ImageState(
        image.imageId(),
        text(image.name()),
        text(image.ownerId()),
        text(image.stateAsString()),
        snapshots,
        image.tags().stream()
            .collect(Collectors.toMap(Tag::key, tag -> text(tag.value()), (a, _) -> a)),
        time(image.deprecationTime()),
        watermarks);
  }

  private static String text(@Nullable String given) {
    return given == null ? "" : given;
  }

  private static Optional<Instant> time(@Nullable String given) {
    try {
      return given == null ? Optional.empty() : Optional.of(Instant.parse(given));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static boolean isImage(String resourceId) {
    return resourceId.startsWith("ami-");
  }

  @Override
  public Set<Grantee> grantees(String id) throws IOException {
    if (isImage(id)) {
      return read(
          "ec2:DescribeImageAttribute",
          id,
          () ->
              ec2
                  .describeImageAttribute(ask -> ask.imageId(id).attribute("launchPermission"))
                  .launchPermissions()
                  .stream()
                  .map(AwsAmiAccount::grantee)
                  .collect(Collectors.toCollection(TreeSet::new)));
    }
    return read(
        "ec2:DescribeSnapshotAttribute",
        id,
        () ->
            ec2
                .describeSnapshotAttribute(
                    ask -> ask.snapshotId(id).attribute("createVolumePermission"))
                .createVolumePermissions()
                .stream()
                .map(one ->
                    one.userId() == null
                        ? new Grantee(Grantee.Kind.GROUP, text(one.groupAsString()))
                        : Grantee.account(one.userId()))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static Grantee grantee(LaunchPermission one) {
    if (one.userId() != null) {
      return Grantee.account(one.userId());
    }
    if (one.organizationArn() != null) {
      return new Grantee(Grantee.Kind.ORGANIZATION, one.organizationArn());
    }
    return one.organizationalUnitArn() == null
        ? new Grantee(Grantee.Kind.GROUP, text(one.groupAsString()))
        : new Grantee(Grantee.Kind.UNIT, one.organizationalUnitArn());
  }

  private static LaunchPermission launch(Grantee grantee) {
    LaunchPermission.Builder builder = LaunchPermission.builder();
    return switch (grantee.kind()) {
      case GROUP -> builder.group(grantee.id()).build();
      case ACCOUNT -> builder.userId(grantee.id()).build();
      case ORGANIZATION -> builder.organizationArn(grantee.id()).build();
      case UNIT -> builder.organizationalUnitArn(grantee.id()).build();
    };
  }

  @Override
  public void grant(String id, Set<Grantee> grantees) throws IOException {
    modify(id, grantees, true);
  }

  @Override
  public void revoke(String id, Set<Grantee> grantees) throws IOException {
    modify(id, grantees, false);
  }

  private void modify(String id, Set<Grantee> grantees, boolean add) throws IOException {
    if (isImage(id)) {
      List<LaunchPermission> all = grantees.stream().map(AwsAmiAccount::launch).toList();
      write(
          "ec2:ModifyImageAttribute",
          id,
          () ->
              ec2.modifyImageAttribute(change ->
                  change
                      .imageId(id)
                      .launchPermission(which -> {
                        if (add) {
                          which.add(all);
                        } else {
                          which.remove(all);
                        }
                      })));
      return;
    }
    // Only images are shared with organizations, so that there are groups and accounts.
    write(
        "ec2:ModifySnapshotAttribute",
        id,
        () ->
            ec2.modifySnapshotAttribute(change ->
                change
                    .snapshotId(id)
                    .attribute("createVolumePermission")
                    .operationType(add ? OperationType.ADD : OperationType.REMOVE)
                    .groupNames(ids(grantees, Grantee.Kind.GROUP))
                    .userIds(ids(grantees, Grantee.Kind.ACCOUNT))));
  }

  /** Null if there are none: an empty list is not the same to the service. */
  private static @Nullable List<String> ids(Set<Grantee> grantees, Grantee.Kind kind) {
    List<String> ids =
        grantees.stream().filter(one -> one.kind() == kind).map(Grantee::id).toList();
    return ids.isEmpty() ? null : ids;
  }

  @Override
  public Map<String, String> tags(String id) throws IOException {
    return read(
        "ec2:DescribeTags",
        id,
        () -> {
          Map<String, String> tags = new LinkedHashMap<>();
          Filter ofResource = Filter.builder().name("resource-id").values(id).build();
          for (TagDescription tag : ec2.describeTags(ask -> ask.filters(ofResource)).tags()) {
            tags.put(tag.key(), text(tag.value()));
          }
          return tags;
        });
  }

  @Override
  public void tag(String id, Map<String, String> tags) throws IOException {
    List<Tag> all =
        tags.entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    write("ec2:CreateTags", id, () -> ec2.createTags(ask -> ask.resources(id).tags(all)));
  }

  @Override
  public void deprecate(String imageId, Instant time) throws IOException {
    write(
        "ec2:EnableImageDeprecation",
        imageId,
        () -> ec2.enableImageDeprecation(ask -> ask.imageId(imageId).deprecateAt(time)));
  }

  @Override
  public void attachWatermark(String imageId, String name) throws IOException {
    write(
        "ec2:AttachImageWatermark",
        imageId,
        () -> ec2.attachImageWatermark(ask -> ask.imageId(imageId).watermarkName(name)));
  }

  @Override
  public Optional<Parameter> parameter(String name) throws IOException {
    try {
      var found = ssm().getParameter(ask -> ask.name(name)).parameter();
      return Optional.of(new Parameter(text(found.value()), text(found.dataType())));
    } catch (ParameterNotFoundException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw failure("ssm:GetParameter", "the parameter " + name, "cannot be read", e);
    }
  }

  @Override
  public void putImageParameter(String name, String imageId) throws IOException {
    write(
        "ssm:PutParameter",
        "the parameter " + name,
        () ->
            ssm()
                .putParameter(put ->
                    put.name(name)
                        .value(imageId)
                        .type(ParameterType.STRING)
                        .dataType(Parameter.IMAGE)
                        .overwrite(true)));
  }

  private SsmClient ssm() {
    SsmClient made = ssm;
    if (made == null) {
      made = clients.ssm();
      ssm = made;
    }
    return made;
  }

  private static <T> T read(String action, String subject, Supplier<T> request)
      throws AcquisitionException {
    try {
      return request.get();
    } catch (SdkException e) {
      throw failure(action, subject, "cannot be read", e);
    }
  }

  private static void write(String action, String subject, Runnable request)
      throws AcquisitionException {
    try {
      request.run();
    } catch (SdkException e) {
      throw failure(action, subject, "cannot be changed", e);
    }
  }

  private static AcquisitionException failure(
      String action, String subject, String failing, SdkException e) {
    return AwsFailures.explain(e, new AwsFailures.Request(action, subject, subject, failing), 1);
  }

  @Override
  public void close() {
    SsmClient made = ssm;
    if (made != null) {
      made.close();
    }
    clients.close();
  }
}
