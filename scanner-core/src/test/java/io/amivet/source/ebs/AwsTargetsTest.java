package io.amivet.source.ebs;

import static io.amivet.source.ebs.EbsTestBed.SNAPSHOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.amivet.source.AcquisitionException;
import io.amivet.testdata.aws.ServedImage;
import io.amivet.testdata.aws.ServedImage.Mapping;
import io.amivet.testdata.aws.ServedSnapshot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;

@Timeout(120)
class AwsTargetsTest {
  private static final String AMI = "ami-0123456789abcdef0";
  private static final String DATA = "snap-0aaaaaaaaaaaaaaaa";

  @TempDir Path folder;

  private EbsTestBed bed;
  private AwsTargets targets;

  @BeforeEach
  void start() throws IOException {
    bed = new EbsTestBed(folder, 4);
    bed.endpoint.add(ServedSnapshot.of(DATA, bed.image, 2));
    targets = bed.targets();
  }

  @AfterEach
  void stop() throws IOException {
    targets.close();
    bed.close();
  }

  private void refuses(String id, String... words) {
    assertThatThrownBy(() -> targets.open(id))
        .isInstanceOf(AcquisitionException.class)
        .message()
        .contains(words);
  }

  private void serve(ServedSnapshot snapshot) throws IOException {
    bed.endpoint.add(snapshot);
  }

  private ServedSnapshot snapshot() {
    return ServedSnapshot.of(SNAPSHOT, bed.image, 1);
  }

  @Test
  void opensEveryEbsVolumeOfAnAmiTheRootFirst() throws IOException {
    bed.endpoint.add(
        ServedImage.of(
                AMI,
                new Mapping.Ebs("/dev/sdf", DATA),
                new Mapping.Ephemeral("/dev/sdb", "ephemeral0"),
                new Mapping.NoDevice("/dev/sdc"),
                new Mapping.Ebs("/dev/xvda", SNAPSHOT))
            .withRootDevice("/dev/xvda", "ebs"));
    EbsTarget target = targets.open(AMI);
    assertThat(target.kind()).isEqualTo("ami");
    assertThat(target.region()).isEqualTo("eu-west-1");
    assertThat(target.disks()).extracting(EbsSnapshot::id).containsExactly(SNAPSHOT, DATA);
    assertThat(target.disks())
        .extracting(EbsSnapshot::deviceName)
        .containsExactly("/dev/xvda", "/dev/sdf");
    assertThat(target.disks().getFirst()).hasToString(SNAPSHOT + " (/dev/xvda)");
    assertThat(target.notes()).anyMatch(note -> note.contains("/dev/sdb"));
  }

  @Test
  void opensADisabledAmi() throws IOException {
    bed.endpoint.add(
        ServedImage.of(AMI, new Mapping.Ebs("/dev/xvda", SNAPSHOT)).withState("disabled"));
    assertThat(targets.open(AMI).notes()).anyMatch(note -> note.contains("disabled"));
  }

  @Test
  void refusesAnInstanceStoreAmi() {
    bed.endpoint.add(ServedImage.of(AMI).withRootDevice("/dev/sda1", "instance-store"));
    refuses(AMI, AMI, "instance store", "S3");
  }

  @Test
  void refusesAnAmiWhoseRootIsNotAmongItsVolumes() {
    bed.endpoint.add(
        ServedImage.of(AMI, new Mapping.Ebs("/dev/sdf", DATA)).withRootDevice("/dev/xvda", "ebs"));
    refuses(AMI, "'/dev/xvda'", "/dev/sdf");
  }

  @Test
  void refusesAnAmiWithoutMappingsAndNamesTheWayRound() {
    bed.endpoint.add(ServedImage.of(AMI));
    refuses(AMI, "names no EBS snapshot", "snap-");
  }

  @Test
  void saysWhereAnUnknownAmiWasLookedFor() {
    refuses("ami-0000000000000000f", "ami-0000000000000000f", "eu-west-1", "--region");
    refuses("ami-zzzz", "ami-zzzz", "--region");
  }

  @Test
  void namesThePermissionThatDescribeImagesNeeds() {
    bed.endpoint.faults().deny("DescribeImages");
    refuses(AMI, "ec2:DescribeImages");
  }

  @Test
  void opensASnapshotThatEc2MayNotDescribe() throws IOException {
    bed.endpoint.faults().deny("DescribeSnapshots");
    EbsTarget target = targets.open(SNAPSHOT);
    assertThat(target.kind()).isEqualTo("snapshot");
    assertThat(target.notes()).anyMatch(note -> note.contains("UnauthorizedOperation"));
  }

  @Test
  void refusesAPendingSnapshot() throws IOException {
    serve(snapshot().withState("pending"));
    refuses(SNAPSHOT, "'pending'", "wait");
  }

  @Test
  void refusesAnArchivedSnapshot() throws IOException {
    serve(snapshot().withStorageTier("archive"));
    refuses(SNAPSHOT, "archived", "restore-snapshot-tier");
    bed.endpoint.faults().deny("DescribeSnapshots");
    refuses(SNAPSHOT, "standard tier", "restore-snapshot-tier");
  }

  @Test
  void saysThatAnEncryptedSnapshotNeedsItsKey() throws IOException {
    serve(snapshot().withEncryption());
    assertThat(targets.open(SNAPSHOT).notes()).anyMatch(note -> note.contains("kms:Decrypt"));
  }

  @Test
  void namesThePermissionThatListingNeeds() {
    bed.endpoint.faults().deny("ListSnapshotBlocks");
    refuses(SNAPSHOT, "ebs:ListSnapshotBlocks", "::snapshot/" + SNAPSHOT, "copy");
  }

  @Test
  void saysThatASnapshotDoesNotExist() {
    refuses("snap-0000000000000000f", "does not exist", "--region");
    bed.endpoint.faults().unknownSnapshotIsServerError();
    refuses("snap-0000000000000000f", "HTTP 500", "does not exist");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ami-", "snap-../x", "disk.img", "vol-0123456789abcdef0"})
  void refusesWhatIsNoId(String id) {
    assertThat(AwsTargets.isId(id)).isFalse();
    refuses(id, "neither ami-… nor snap-…");
  }

  @Test
  void saysThatNothingListensAtTheEndpoint() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (AwsTargets lost = EbsTestBed.targets(URI.create("http://127.0.0.1:" + port))) {
      assertThatThrownBy(() -> lost.open(SNAPSHOT))
          .isInstanceOf(AcquisitionException.class)
          .hasMessageContaining("nothing answers at the endpoint")
          .hasMessageContaining("--endpoint-url");
      assertThatThrownBy(() -> lost.open(AMI)).hasMessageContaining("nothing answers");
    }
  }

  @Test
  void saysThatTheHostIsUnknown() throws IOException {
    try (AwsTargets lost = EbsTestBed.targets(URI.create("http://no-such-host.invalid"))) {
      assertThatThrownBy(() -> lost.open(SNAPSHOT))
          .isInstanceOf(AcquisitionException.class)
          .hasMessageContaining("no-such-host.invalid")
          .hasMessageContaining("unknown");
    }
  }

  @Test
  void saysHowToConfigureCredentials() throws IOException {
    Path config = Files.writeString(folder.resolve("config"), "[profile other]\nregion = x\n");
    AwsCredentialsProvider none =
        ProfileCredentialsProvider.builder()
            .profileFile(
                ProfileFile.builder().content(config).type(ProfileFile.Type.CONFIGURATION).build())
            .profileName("absent")
            .build();
    try (AwsTargets anonymous =
        new AwsTargets(EbsTestBed.options(bed.endpoint.uri()), EbsTestBed.IMPATIENT, none)) {
      for (String id : new String[] {SNAPSHOT, AMI}) {
        assertThatThrownBy(() -> anonymous.open(id))
            .isInstanceOf(AcquisitionException.class)
            .hasMessageContaining("no usable AWS credentials")
            .hasMessageContaining("aws configure");
      }
    }
    assertThat(bed.endpoint.requests("ListSnapshotBlocks")).isZero();
  }

  /** Cuts the default chains off from whatever this machine has configured. */
  private Map<String, String> nothingConfigured() {
    assumeThat(System.getenv("AWS_REGION")).as("AWS_REGION of the machine").isNull();
    assumeThat(System.getenv("AWS_DEFAULT_REGION")).isNull();
    assumeThat(System.getenv("AWS_ACCESS_KEY_ID")).isNull();
    String absent = folder.resolve("absent").toString();
    return Map.of(
        "aws.disableEc2Metadata", "true",
        "aws.configFile", absent,
        "aws.sharedCredentialsFile", absent);
  }

  private static void withProperties(Map<String, String> properties, ThrowingCallable body)
      throws Throwable {
    properties.forEach(System::setProperty);
    try {
      body.call();
    } finally {
      properties.keySet().forEach(System::clearProperty);
    }
  }

  @Test
  void saysThatNoRegionIsConfigured() throws Throwable {
    withProperties(
        nothingConfigured(),
        () -> {
          try (AwsTargets nowhere = new AwsTargets(AwsOptions.DEFAULTS)) {
            assertThatThrownBy(() -> nowhere.open(SNAPSHOT))
                .isInstanceOf(AcquisitionException.class)
                .hasMessageContaining("no AWS region is configured")
                .hasMessageContaining("--region");
          }
        });
  }

  @Test
  void saysThatTheDefaultChainHoldsNoCredentials() throws Throwable {
    withProperties(
        nothingConfigured(),
        () -> {
          try (AwsTargets anonymous = new AwsTargets(EbsTestBed.options(bed.endpoint.uri()))) {
            assertThatThrownBy(() -> anonymous.open(AMI))
                .isInstanceOf(AcquisitionException.class)
                .hasMessageContaining("no usable AWS credentials");
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:5000", "ftp://host/", "http:///path", "/tmp/x"})
  void refusesAnEndpointThatIsNone(String endpoint) {
    try (AwsTargets odd = EbsTestBed.targets(URI.create(endpoint))) {
      assertThatThrownBy(() -> odd.open(SNAPSHOT))
          .isInstanceOf(AcquisitionException.class)
          .hasMessageContaining(endpoint)
          .hasMessageContaining("http://");
    }
  }

  @Test
  void saysThatTheConfigurationIsDamagedWithoutQuotingIt() throws Throwable {
    String damaged =
        Files.writeString(folder.resolve("damaged"), "[default\nsynthetic-secret-value\n")
            .toString();
    Map<String, String> properties = new HashMap<>(nothingConfigured());
    properties.put("aws.sharedCredentialsFile", damaged);
    withProperties(
        properties,
        () -> {
          try (AwsTargets others = new AwsTargets(EbsTestBed.options(bed.endpoint.uri()))) {
            assertThatThrownBy(() -> others.open(SNAPSHOT))
                .isInstanceOf(AcquisitionException.class)
                .message()
                .contains("credentials")
                .doesNotContain("synthetic-secret-value");
          }
        });
  }

  @Test
  void opensNothingAfterItWasClosed() {
    targets.close();
    refuses(SNAPSHOT, "closed");
  }

  @Test
  void takesTheEndpointFromTheSettingThatTheSdkReads() throws Throwable {
    withProperties(
        Map.of("aws.endpointUrl", bed.endpoint.uri().toString()),
        () -> {
          AwsOptions options = new AwsOptions("eu-west-1", null, null, 100, 4);
          try (AwsTargets others =
              new AwsTargets(options, EbsTestBed.IMPATIENT, EbsTestBed.CREDENTIALS)) {
            assertThat(others.open(SNAPSHOT).disks()).hasSize(1);
          }
        });
    assertThat(bed.endpoint.requests("DescribeSnapshots")).isEqualTo(1);
  }

  @Test
  void closingLeavesNoThreadBehind() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (AwsTargets others = bed.targets()) {
      EbsTestBed.fetch(others.open(SNAPSHOT).disks().getFirst(), 0);
    }
    Set<String> left = sdkThreads(before);
    for (int i = 0; i < 100 && !left.isEmpty(); i++) {
      Thread.sleep(100);
      left = sdkThreads(before);
    }
    assertThat(left).isEmpty();
  }

  private static Set<String> sdkThreads(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .map(Thread::getName)
        .filter(name -> name.startsWith("sdk") || name.startsWith("fetch"))
        .collect(Collectors.toSet());
  }
}
