package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amivet.testdata.TestImages;
import io.amivet.testdata.aws.MotoServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.EbsBlockDevice;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;

/**
 * A public AMI in a stand-in that we did not write: scanned, made private, not let in, shut away.
 */
@Tag("long")
@Timeout(600)
class MotoAmiTest {
  private static final String PARTNER = "111122223333";
  private static final String STRANGER = "444455556666";

  @TempDir Path folder;

  private static Ec2Client client(URI uri) {
    return Ec2Client.builder()
        .endpointOverride(uri)
        .region(Region.EU_WEST_1)
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }

  private static String publicImage(Ec2Client ec2, String snapshot) {
    BlockDeviceMapping root =
        BlockDeviceMapping.builder()
            .deviceName("/dev/xvda")
            .ebs(EbsBlockDevice.builder().snapshotId(snapshot).build())
            .build();
    String image =
        ec2.registerImage(request ->
                request
                    .name("leaky")
                    .rootDeviceName("/dev/xvda")
                    .blockDeviceMappings(List.of(root)))
            .imageId();
    List<LaunchPermission> open =
        List.of(
            LaunchPermission.builder().group("all").build(),
            LaunchPermission.builder().userId(STRANGER).build());
    ec2.modifyImageAttribute(
        request -> request.imageId(image).launchPermission(change -> change.add(open)));
    return image;
  }

  private static List<LaunchPermission> permissions(Ec2Client ec2, String image) {
    return ec2.describeImageAttribute(
            request -> request.imageId(image).attribute("launchPermission"))
        .launchPermissions();
  }

  @Test
  void aLeakyImageIsClosedAndShutAway() throws Exception {
    assumeThat(MotoServer.isInstalled()).as("moto_server is on PATH").isTrue();
    Path root = TestImages.unpack("demo-root", folder);
    try (SystemProperties _ = SystemProperties.withCredentials();
        MotoServer moto = MotoServer.start(folder.resolve("moto.log"));
        Ec2Client ec2 = client(moto.uri())) {
      String snapshot = MotoScanTest.upload(moto.uri(), root);
      String image = publicImage(ec2, snapshot);
      List<String> access =
          List.of("--region", "eu-west-1", "--endpoint-url", moto.uri().toString());
      Path report = folder.resolve("report.json");
      WholeRun scan = run(access, "scan", "--quiet", snapshot, "-o", "json=" + report);
      assertThat(scan.code()).as(scan.err()).isEqualTo(1);
      makeItOf(image, ec2, report);

      List<String> fix =
          List.of("ami", "fix", image, "--reset", "--share-with", PARTNER, "--with-snapshots");
      assertThat(run(access, with(fix)).out()).contains("would change");
      assertThat(permissions(ec2, image)).hasSize(2);
      String[] apply = with(fix, "--apply", "--journal", folder.resolve("fix").toString());
      WholeRun first = run(access, apply);
      assertThat(first.code()).as(first.err()).isZero();
      assertThat(permissions(ec2, image))
          .extracting(LaunchPermission::userId)
          .containsExactly(PARTNER);
      WholeRun second = run(access, apply);
      assertThat(second.code()).isZero();
      assertThat(second.out()).contains("already so").doesNotContain("changed");

      WholeRun refused =
          run(
              access,
              "ami",
              "promote",
              report.toString(),
              image,
              "--stage",
              "candidate",
              "--apply");
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.err()).contains("the verdict of the report is 'fail', not 'pass'");
      WholeRun away =
          run(
              access,
              "ami",
              "promote",
              report.toString(),
              image,
              "--quarantine",
              "--apply",
              "--journal",
              folder.resolve("away").toString());
      assertThat(away.code()).as(away.err()).isZero();
      assertThat(permissions(ec2, image)).isEmpty();
      assertThat(ec2.describeImages(request -> request.imageIds(image)).images().getFirst().tags())
          .anyMatch(tag -> tag.key().equals("scan-status") && tag.value().equals("quarantine"));
      assertThat(Files.readString(folder.resolve("away"))).contains("\"event\":\"end\"");
    }
  }

  /**
   * The stand-in makes a new snapshot, without blocks, for an image that is registered: the report
   * is one of the old one, told to be of the image.
   */
  private static void makeItOf(String image, Ec2Client ec2, Path report) throws Exception {
    ObjectMapper json = new ObjectMapper();
    ObjectNode root = (ObjectNode) json.readTree(report.toFile());
    ObjectNode target = (ObjectNode) root.get("target");
    target.put("kind", "ami").put("id", image);
    var volumes = target.putArray("volumes");
    ec2.describeImages(request -> request.imageIds(image))
        .images()
        .getFirst()
        .blockDeviceMappings()
        .forEach(mapping -> volumes.add(mapping.ebs().snapshotId()));
    json.writeValue(report.toFile(), root);
  }

  private static String[] with(List<String> words, String... more) {
    return Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new);
  }

  private static WholeRun run(List<String> access, String... words) {
    return WholeRun.of(Stream.concat(Stream.of(words), access.stream()).toArray(String[]::new));
  }
}
