package io.amivet.testdata.aws;

import static io.amivet.testdata.aws.Xml.element;
import static io.amivet.testdata.aws.Xml.response;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** EC2's query protocol: a form in, XML out. */
final class Ec2Responder {
  private static final Pattern AMI_ID = Pattern.compile("ami-([0-9a-f]{8}|[0-9a-f]{17})");
  private static final Pattern SNAPSHOT_ID = Pattern.compile("snap-([0-9a-f]{8}|[0-9a-f]{17})");

  private final Catalog catalog;
  private final Faults faults;
  private final CopyResponder copies;

  Ec2Responder(Catalog catalog, Faults faults) {
    this.catalog = catalog;
    this.faults = faults;
    this.copies = new CopyResponder(catalog, faults);
  }

  static Map<String, String> parseForm(String body) {
    Map<String, String> form = new TreeMap<>();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return form;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  String answer(String action, Map<String, String> form, Principal caller) throws ApiFailure {
    boolean mayName =
        caller.mayName(form.getOrDefault("SnapshotId", form.getOrDefault("SourceSnapshotId", "*")));
    if (faults.isDenied(action) || !caller.mayCall("ec2:" + action) || !mayName) {
      throw unauthorized(action, caller);
    }
    if (form.containsKey("TagSpecification.1.ResourceType") && !caller.mayCall("ec2:CreateTags")) {
      throw unauthorized("CreateTags", caller);
    }
    if ("true".equals(form.get("DryRun"))) {
      throw new ApiFailure(
          412, "DryRunOperation", "", "Request would have succeeded, but DryRun flag is set.");
    }
    return switch (action) {
      case "DescribeImages" -> describeImages(form);
      case "DescribeSnapshots" -> describeSnapshots(form, caller);
      case "CopySnapshot" -> copies.copySnapshot(form, caller);
      case "CopyImage" -> copies.copyImage(form, caller);
      case "DeleteSnapshot" -> copies.deleteSnapshot(form, caller);
      case "DeregisterImage" -> copies.deregisterImage(form, caller);
      case "CreateTags" -> copies.createTags(form);
      default ->
          throw new ApiFailure(
              400, "InvalidAction", "", "The action " + action + " is not valid for this endpoint");
    };
  }

  private static ApiFailure unauthorized(String action, Principal caller) {
    return new ApiFailure(
        403,
        "UnauthorizedOperation",
        "",
        "You are not authorized to perform this operation. User: "
            + caller.arn()
            + " is not authorized to perform: ec2:"
            + action);
  }

  private String describeImages(Map<String, String> form) throws ApiFailure {
    String id = form.getOrDefault("ImageId.1", "");
    if (!AMI_ID.matcher(id).matches()) {
      throw new ApiFailure(
          400, "InvalidAMIID.Malformed", "", "Invalid id: \"" + id + "\" (expecting \"ami-...\")");
    }
    ServedImage image = catalog.image(id);
    if (image == null) {
      throw new ApiFailure(
          400, "InvalidAMIID.NotFound", "", "The image id '[" + id + "]' does not exist");
    }
    StringBuilder xml = new StringBuilder("<imagesSet>");
    boolean hidden =
        image.state().equals("disabled") && !"true".equals(form.get("IncludeDisabled"));
    if (!hidden) {
      appendImage(xml, copies.advance(image));
    }
    return response("DescribeImages", xml.append("</imagesSet>").toString());
  }

  private void appendImage(StringBuilder xml, ServedImage image) {
    xml.append("<item>");
    element(xml, "imageId", image.id());
    element(xml, "imageLocation", image.ownerId() + "/" + image.name());
    element(xml, "imageState", image.state());
    element(xml, "imageOwnerId", image.ownerId());
    element(xml, "creationDate", "2026-01-01T00:00:00.000Z");
    element(xml, "isPublic", String.valueOf(image.isPublic()));
    element(xml, "architecture", "x86_64");
    element(xml, "imageType", "machine");
    element(xml, "name", image.name());
    element(xml, "rootDeviceType", image.rootDeviceType());
    element(xml, "rootDeviceName", image.rootDeviceName());
    element(xml, "virtualizationType", "hvm");
    xml.append("<productCodes>");
    for (String code : image.productCodes()) {
      xml.append("<item>");
      element(xml, "productCode", code);
      element(xml, "type", "marketplace");
      xml.append("</item>");
    }
    xml.append("</productCodes><blockDeviceMapping>");
    for (ServedImage.Mapping mapping : image.mappings()) {
      xml.append("<item>");
      element(xml, "deviceName", mapping.deviceName());
      appendMapping(xml, mapping);
      xml.append("</item>");
    }
    xml.append("</blockDeviceMapping></item>");
  }

  private void appendMapping(StringBuilder xml, ServedImage.Mapping mapping) {
    switch (mapping) {
      case ServedImage.Mapping.Ephemeral ephemeral ->
          element(xml, "virtualName", ephemeral.virtualName());
      case ServedImage.Mapping.NoDevice _ -> element(xml, "noDevice", "");
      case ServedImage.Mapping.Ebs ebs -> {
        xml.append("<ebs>");
        element(xml, "snapshotId", ebs.snapshotId());
        ServedSnapshot snapshot = catalog.snapshot(ebs.snapshotId());
        if (snapshot != null) {
          element(xml, "volumeSize", String.valueOf(snapshot.volumeSizeGib()));
          element(xml, "encrypted", String.valueOf(snapshot.encrypted()));
        }
        element(xml, "deleteOnTermination", "true");
        element(xml, "volumeType", "gp3");
        xml.append("</ebs>");
      }
    }
  }

  private String describeSnapshots(Map<String, String> form, Principal caller) throws ApiFailure {
    StringBuilder xml = new StringBuilder("<snapshotSet>");
    for (ServedSnapshot snapshot : asked(form, caller)) {
      boolean wanted =
          switch (form.getOrDefault("RestorableBy.1", "")) {
            case "all" -> snapshot.access().all();
            case "self" -> snapshot.isOwnedBy(caller) || snapshot.isSharedWith(caller);
            default -> true;
          };
      if (wanted && (!"self".equals(form.get("Owner.1")) || snapshot.isOwnedBy(caller))) {
        appendSnapshot(xml, copies.advance(snapshot));
      }
    }
    return response("DescribeSnapshots", xml.append("</snapshotSet>").toString());
  }

  private List<ServedSnapshot> asked(Map<String, String> form, Principal caller) throws ApiFailure {
    List<ServedSnapshot> found = new ArrayList<>();
    for (int number = 1; form.containsKey("SnapshotId." + number); number++) {
      String id = form.getOrDefault("SnapshotId." + number, "");
      if (!SNAPSHOT_ID.matcher(id).matches()) {
        throw new ApiFailure(
            400, "InvalidSnapshotID.Malformed", "", "Value (" + id + ") is invalid.");
      }
      ServedSnapshot snapshot = catalog.snapshot(id);
      if (snapshot == null || !snapshot.isVisibleTo(caller)) {
        throw new ApiFailure(
            400, "InvalidSnapshot.NotFound", "", "The snapshot '" + id + "' does not exist.");
      }
      found.add(snapshot);
    }
    if (found.isEmpty()) {
      String tag = form.getOrDefault("Filter.1.Name", "").replaceFirst("^tag:", "");
      String value = form.getOrDefault("Filter.1.Value.1", "");
      catalog.snapshots().stream()
          .filter(snapshot -> snapshot.isVisibleTo(caller))
          .filter(snapshot -> tag.isEmpty() || value.equals(snapshot.tags().get(tag)))
          .forEach(found::add);
    }
    return found;
  }

  private void appendSnapshot(StringBuilder xml, ServedSnapshot snapshot) {
    xml.append("<item>");
    element(xml, "snapshotId", snapshot.id());
    element(xml, "volumeId", snapshot.volumeId());
    element(xml, "status", snapshot.state());
    element(xml, "startTime", "2026-01-01T00:00:00.000Z");
    element(xml, "progress", copies.progress(snapshot));
    element(xml, "ownerId", snapshot.ownerId());
    element(xml, "volumeSize", String.valueOf(snapshot.volumeSizeGib()));
    element(xml, "encrypted", String.valueOf(snapshot.encrypted()));
    if (snapshot.encrypted()) {
      element(xml, "kmsKeyId", snapshot.kmsKey());
    }
    element(xml, "storageTier", snapshot.storageTier());
    xml.append("<tagSet>");
    snapshot
        .tags()
        .forEach((key, value) -> {
          xml.append("<item>");
          element(xml, "key", key);
          element(xml, "value", value);
          xml.append("</item>");
        });
    xml.append("</tagSet></item>");
  }
}
