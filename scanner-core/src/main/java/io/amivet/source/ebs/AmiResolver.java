package io.amivet.source.ebs;

import io.amivet.source.AcquisitionException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ec2.model.Image;

/** Finds the snapshots behind an AMI. */
public final class AmiResolver {
  private final Ec2Client client;
  private final String region;

  public AmiResolver(Ec2Client client, String region) {
    this.client = client;
    this.region = region;
  }

  /**
   * What an AMI is made of.
   *
   * @param deviceBySnapshot snapshot id to device name, the root device first
   */
  record Ami(String name, Map<String, String> deviceBySnapshot, List<String> notes) {}

  Ami resolve(String imageId) throws AcquisitionException {
    Image image = describe(imageId);
    if ("instance-store".equals(image.rootDeviceTypeAsString())) {
      throw refusal(
          imageId,
          "its root device is an instance store, so its disk lies as a bundle in S3 and no EBS"
              + " snapshot holds it; register it as an EBS-backed AMI first");
    }
    List<String> notes = new ArrayList<>();
    if (image.stateAsString() != null && !"available".equals(image.stateAsString())) {
      notes.add("the state of " + imageId + " is " + AwsText.clean(image.stateAsString()));
    }
    Map<String, String> deviceBySnapshot = new LinkedHashMap<>();
    putRoot(imageId, image, deviceBySnapshot);
    for (BlockDeviceMapping mapping : image.blockDeviceMappings()) {
      String snapshotId = snapshotId(mapping);
      if (!snapshotId.isEmpty()) {
        deviceBySnapshot.putIfAbsent(snapshotId, device(mapping));
      } else if (mapping.ebs() != null) {
        notes.add(device(mapping) + " is an empty volume: no snapshot, nothing to scan");
      } else if (mapping.virtualName() != null) {
        notes.add(device(mapping) + " is an instance-store volume: nothing of it is in the AMI");
      }
    }
    return new Ami(AwsText.clean(image.name()), deviceBySnapshot, notes);
  }

  /**
   * What EC2 says of an image.
   *
   * @throws AcquisitionException if there is none, or it cannot be asked
   */
  public Image describe(String imageId) throws AcquisitionException {
    AwsFailures.Request about = new AwsFailures.Request("ec2:DescribeImages", imageId, "*");
    List<Image> images;
    try {
      images =
          client
              .describeImages(
                  DescribeImagesRequest.builder()
                      .imageIds(imageId)
                      .includeDeprecated(true)
                      .includeDisabled(true)
                      .build())
              .images();
    } catch (AwsServiceException e) {
      if (AwsFailures.code(e).startsWith("InvalidAMIID")) {
        throw new AcquisitionException(notFound(imageId), e);
      }
      throw AwsFailures.explain(e, about, 1);
    } catch (SdkException e) {
      throw AwsFailures.explain(e, about, 1);
    }
    return images.stream()
        .filter(image -> imageId.equals(image.imageId()))
        .findFirst()
        .orElseThrow(() -> new AcquisitionException(notFound(imageId), null));
  }

  private String notFound(String imageId) {
    return imageId
        + " does not exist in region "
        + region
        + ", or is not visible to this account: check the id, --region and --aws-profile";
  }

  private static void putRoot(String imageId, Image image, Map<String, String> deviceBySnapshot)
      throws AcquisitionException {
    List<BlockDeviceMapping> mappings = image.blockDeviceMappings();
    if (mappings.stream().allMatch(mapping -> snapshotId(mapping).isEmpty())) {
      throw refusal(
          imageId,
          "its description names no EBS snapshot (some stand-ins for EC2 drop the block device"
              + " mapping); scan the snapshot itself: snap-…");
    }
    String root = AwsText.clean(image.rootDeviceName());
    for (BlockDeviceMapping mapping : mappings) {
      if (device(mapping).equals(root) && !snapshotId(mapping).isEmpty()) {
        deviceBySnapshot.put(snapshotId(mapping), root);
        return;
      }
    }
    throw refusal(
        imageId,
        "its root device '"
            + root
            + "' is not among its EBS volumes ("
            + String.join(", ", mappings.stream().map(AmiResolver::device).toList())
            + "); scan a snapshot of it by its id");
  }

  private static AcquisitionException refusal(String imageId, String why) {
    return new AcquisitionException(imageId + " cannot be scanned: " + why, null);
  }

  private static String device(BlockDeviceMapping mapping) {
    return AwsText.clean(mapping.deviceName());
  }

  private static String snapshotId(BlockDeviceMapping mapping) {
    return mapping.ebs() == null ? "" : AwsText.clean(mapping.ebs().snapshotId());
  }
}
