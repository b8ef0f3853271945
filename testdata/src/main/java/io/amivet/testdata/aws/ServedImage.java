package io.amivet.testdata.aws;

import java.util.List;

/**
 * One AMI.
 *
 * @param rootDeviceType {@code ebs} or {@code instance-store}
 * @param state {@code available}, {@code pending}, {@code disabled} …
 * @param productCodes what the Marketplace bills
 */
public record ServedImage(
    String id,
    String name,
    String ownerId,
    String state,
    boolean isPublic,
    String rootDeviceName,
    String rootDeviceType,
    List<Mapping> mappings,
    List<String> productCodes) {
  public ServedImage {
    mappings = List.copyOf(mappings);
    productCodes = List.copyOf(productCodes);
  }

  /** An available, private, EBS-backed image whose root device is the first mapping. */
  public static ServedImage of(String id, Mapping... mappings) {
    String root = mappings.length == 0 ? "/dev/xvda" : mappings[0].deviceName();
    return new ServedImage(
        id,
        id,
        ServedSnapshot.OWN_ACCOUNT,
        "available",
        false,
        root,
        "ebs",
        List.of(mappings),
        List.of());
  }

  public ServedImage withRootDevice(String deviceName, String deviceType) {
    return new ServedImage(
        id, name, ownerId, state, isPublic, deviceName, deviceType, mappings, productCodes);
  }

  public ServedImage withState(String newState) {
    return new ServedImage(
        id,
        name,
        ownerId,
        newState,
        isPublic,
        rootDeviceName,
        rootDeviceType,
        mappings,
        productCodes);
  }

  public ServedImage withOwner(String newOwnerId, boolean nowPublic) {
    return new ServedImage(
        id,
        name,
        newOwnerId,
        state,
        nowPublic,
        rootDeviceName,
        rootDeviceType,
        mappings,
        productCodes);
  }

  /** As sold in the Marketplace. */
  public ServedImage withProductCode(String code) {
    return new ServedImage(
        id,
        name,
        ownerId,
        state,
        isPublic,
        rootDeviceName,
        rootDeviceType,
        mappings,
        List.of(code));
  }

  /** One entry of the block device mapping. */
  public sealed interface Mapping {
    String deviceName();

    /** A volume made from a snapshot. */
    record Ebs(String deviceName, String snapshotId) implements Mapping {}

    /** An instance-store volume, {@code ephemeral0}: no bytes belong to it. */
    record Ephemeral(String deviceName, String virtualName) implements Mapping {}

    /** A device that the image suppresses. */
    record NoDevice(String deviceName) implements Mapping {}
  }
}
