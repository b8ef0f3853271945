package io.amivet.source.ebs;

import static io.amivet.source.ebs.EbsTestBed.SNAPSHOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amivet.testdata.aws.FaultKind;
import io.amivet.testdata.aws.FaultScript;
import io.amivet.testdata.aws.Principal;
import io.amivet.testdata.aws.ServedImage;
import io.amivet.testdata.aws.ServedImage.Mapping;
import io.amivet.testdata.aws.ServedSnapshot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ebs.model.AccessDeniedException;
import software.amazon.awssdk.services.ebs.model.ChangedBlock;
import software.amazon.awssdk.services.ebs.model.ListChangedBlocksResponse;
import software.amazon.awssdk.services.ebs.model.ValidationException;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** That the stand-in answers an unmodified SDK as the services would. */
class StandInTest {
  private static final String LATER = "snap-0bbbbbbbbbbbbbbbb";
  private static final String OTHERS = "snap-0cccccccccccccccc";
  private static final String STRANGER = "210987654321";
  private static final String KEY = "AKIAIOSFODNN7EXAMPLE";
  private static final int BLOCKS = 500;

  @TempDir Path folder;

  private EbsTestBed bed;
  private AwsClients aws;

  @BeforeEach
  void start() throws IOException {
    bed = new EbsTestBed(folder, BLOCKS);
    Path later = EbsTestBed.writeImage(folder.resolve("later.img"), BLOCKS);
    try (FileChannel channel = FileChannel.open(later, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(EbsTestBed.BLOCK), 4L * EbsTestBed.BLOCK);
      channel.write(ByteBuffer.wrap(EbsTestBed.block(9)), 7L * EbsTestBed.BLOCK);
      channel.write(ByteBuffer.wrap(EbsTestBed.block(8)), 10L * EbsTestBed.BLOCK);
    }
    bed.endpoint
        .add(ServedSnapshot.of(LATER, later, 1))
        .add(ServedSnapshot.of(OTHERS, bed.image, 1).withOwner(STRANGER).ofVolume("vol-0aaaaaaa"));
    aws =
        AwsClients.create(
            EbsTestBed.options(bed.endpoint.uri()), EbsTestBed.IMPATIENT, EbsTestBed.CREDENTIALS);
  }

  @AfterEach
  void stop() throws IOException {
    aws.close();
    bed.close();
  }

  private ListChangedBlocksResponse changes(String first, String second) {
    return aws.ebs()
        .listChangedBlocks(request -> request.firstSnapshotId(first).secondSnapshotId(second));
  }

  @Test
  void listsWhatChangedFromOneSnapshotToTheNext() {
    ListChangedBlocksResponse changes = changes(SNAPSHOT, LATER);
    assertThat(changes.changedBlocks())
        .extracting(ChangedBlock::blockIndex)
        .containsExactly(4, 7, 10);
    ChangedBlock gone = changes.changedBlocks().get(0);
    assertThat(gone.firstBlockToken()).isNotNull();
    assertThat(gone.secondBlockToken()).isNull();
    assertThat(changes.changedBlocks().get(1).firstBlockToken()).isNull();
    String token = changes.changedBlocks().get(2).secondBlockToken();
    byte[] block =
        aws.ebs()
            .getSnapshotBlockAsBytes(
                request -> request.snapshotId(LATER).blockIndex(10).blockToken(token))
            .asByteArray();
    assertThat(block).isEqualTo(EbsTestBed.block(8));
  }

  @Test
  void refusesToCompareStrangers() throws IOException {
    bed.endpoint.add(
        ServedSnapshot.of(OTHERS, bed.image, 1).ofVolume("vol-0aaaaaaa").shared(STRANGER));
    assertThatThrownBy(() -> changes(SNAPSHOT, OTHERS))
        .isInstanceOfSatisfying(
            ValidationException.class,
            e -> assertThat(e.reasonAsString()).isEqualTo("UNRELATED_SNAPSHOTS"));
  }

  @Test
  void tokensForTheNextPageRunOut() {
    bed.endpoint.faults().pageTokenLife(Duration.ofMillis(-1));
    String token =
        aws.ebs()
            .listSnapshotBlocks(request -> request.snapshotId(SNAPSHOT).maxResults(100))
            .nextToken();
    assertThat(token).isNotNull();
    assertThatThrownBy(() ->
            aws.ebs().listSnapshotBlocks(request -> request.snapshotId(SNAPSHOT).nextToken(token)))
        .isInstanceOfSatisfying(
            ValidationException.class,
            e -> assertThat(e.reasonAsString()).isEqualTo("INVALID_PAGE_TOKEN"));
  }

  @Test
  void readsWhatIsSharedButNotWhatIsPublic() throws IOException {
    bed.endpoint.add(Objects.requireNonNull(bed.endpoint.snapshot(OTHERS)).madePublic());
    assertThatThrownBy(() -> aws.ebs().listSnapshotBlocks(request -> request.snapshotId(OTHERS)))
        .isInstanceOf(AccessDeniedException.class);
    bed.endpoint.add(
        Objects.requireNonNull(bed.endpoint.snapshot(OTHERS)).shared(ServedSnapshot.OWN_ACCOUNT));
    assertThat(aws.ebs().listSnapshotBlocks(request -> request.snapshotId(OTHERS)).hasBlocks())
        .isTrue();
  }

  @Test
  void aDryRunSaysWhatWouldBeAllowedAndDoesNothing() {
    assertThat(dryRun()).isEqualTo("DryRunOperation");
    bed.endpoint.add(
        Principal.administrator(KEY, ServedSnapshot.OWN_ACCOUNT).withOnly("ec2:DescribeSnapshots"));
    assertThat(dryRun()).isEqualTo("UnauthorizedOperation");
    assertThat(bed.endpoint.ids()).containsExactlyInAnyOrder(SNAPSHOT, LATER, OTHERS);
  }

  private String dryRun() {
    try {
      aws.ec2()
          .copySnapshot(request ->
              request
                  .sourceSnapshotId(SNAPSHOT)
                  .sourceRegion("eu-west-1")
                  .presignedUrl("")
                  .dryRun(true));
      return "";
    } catch (AwsServiceException e) {
      return AwsFailures.code(e);
    }
  }

  @Test
  void aCopyComesNearerUntilItIsThere() {
    bed.endpoint.faults().copyPolls(1);
    String id =
        aws.ec2()
            .copySnapshot(request ->
                request
                    .sourceSnapshotId(SNAPSHOT)
                    .sourceRegion("eu-west-1")
                    .presignedUrl("")
                    .encrypted(true)
                    .kmsKeyId("key")
                    .tagSpecifications(
                        TagSpecification.builder()
                            .resourceType(ResourceType.SNAPSHOT)
                            .tags(Tag.builder().key("k").value("v").build())
                            .build()))
            .snapshotId();
    Snapshot first = describe(id);
    assertThat(first.stateAsString()).isEqualTo("pending");
    assertThat(first.progress()).isEqualTo("50%");
    assertThat(first.kmsKeyId()).isEqualTo("key");
    assertThat(first.tags().getFirst().value()).isEqualTo("v");
    assertThat(describe(id).stateAsString()).isEqualTo("completed");
    aws.ec2().deleteSnapshot(request -> request.snapshotId(id));
    assertThat(bed.endpoint.hasSnapshot(id)).isFalse();
  }

  private Snapshot describe(String id) {
    return aws.ec2().describeSnapshots(request -> request.snapshotIds(id)).snapshots().getFirst();
  }

  @Test
  void theSnapshotsOfACopiedImageStayUntilItIsDeregistered() {
    bed.endpoint.add(
        ServedImage.of("ami-0123456789abcdef0", new Mapping.Ebs("/dev/xvda", SNAPSHOT)));
    String id =
        aws.ec2()
            .copyImage(request ->
                request
                    .sourceImageId("ami-0123456789abcdef0")
                    .sourceRegion("eu-west-1")
                    .name("copy"))
            .imageId();
    String storage =
        aws.ec2()
            .describeImages(request -> request.imageIds(id))
            .images()
            .getFirst()
            .blockDeviceMappings()
            .getFirst()
            .ebs()
            .snapshotId();
    assertThat(storage).isNotEqualTo(SNAPSHOT);
    assertThatThrownBy(() -> aws.ec2().deleteSnapshot(request -> request.snapshotId(storage)))
        .hasMessageContaining("in use by " + id);
    aws.ec2().deregisterImage(request -> request.imageId(id));
    aws.ec2().deleteSnapshot(request -> request.snapshotId(storage));
    assertThat(bed.endpoint.ids()).doesNotContain(id, storage);
  }

  @Test
  void theSameSeedFailsTheSameCalls() {
    assertThat(failures(7)).isEqualTo(failures(7)).isNotEqualTo(failures(8)).contains("x");
  }

  private String failures(long seed) {
    bed.endpoint
        .faults()
        .play(
            FaultScript.seeded(seed)
                .percent("ListSnapshotBlocks", FaultKind.UNAVAILABLE, 20)
                .percent("ListSnapshotBlocks", FaultKind.CUT_CONNECTION, 20)
                .at("ListSnapshotBlocks", FaultKind.THROTTLED, 3));
    StringBuilder seen = new StringBuilder();
    for (int call = 0; call < 30; call++) {
      try {
        aws.ebs().listSnapshotBlocks(request -> request.snapshotId(SNAPSHOT).maxResults(100));
        seen.append('.');
      } catch (SdkException e) {
        seen.append('x');
      }
    }
    return seen.toString();
  }
}
