package io.amivet.testdata.aws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * EC2's query protocol: a form in, XML out; {@code DescribeImages} and {@code DescribeSnapshots}.
 */
final class Ec2Responder {
  private static final Pattern AMI_ID = Pattern.compile("ami-([0-9a-f]{8}|[0-9a-f]{17})");
  private static final Pattern SNAPSHOT_ID = Pattern.compile("snap-([0-9a-f]{8}|[0-9a-f]{17})");

  private final Catalog catalog;
  private final Faults faults;

  Ec2Responder(Catalog catalog, Faults faults) {
    this.catalog = catalog;
    this.faults = faults;
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

  String answer(String action, Map<String, String> form) throws ApiFailure {
    if (faults.isDenied(action)) {
      throw new ApiFailure(
          403,
          "UnauthorizedOperation",
          "",
          "You are not authorized to perform this operation. User: arn:aws:iam::"
              + ServedSnapshot.OWN_ACCOUNT
              + ":user/tester is not authorized to perform: ec2:"
              + action);
    }
    return switch (action) {
      case "DescribeImages" -> describeImages(form);
      case "DescribeSnapshots" -> describeSnapshots(form);
      default ->
          throw new ApiFailure(
              400, "InvalidAction", "", "The action " + action + " is not valid for this endpoint");
    };
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
      appendImage(xml, image);
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
    xml.append("<blockDeviceMapping>");
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

  private String describeSnapshots(Map<String, String> form) throws ApiFailure {
    String id = form.getOrDefault("SnapshotId.1", "");
    if (!SNAPSHOT_ID.matcher(id).matches()) {
      throw new ApiFailure(
          400, "InvalidSnapshotID.Malformed", "", "Value (" + id + ") is invalid.");
    }
    ServedSnapshot snapshot = catalog.snapshot(id);
    if (snapshot == null) {
      throw new ApiFailure(
          400, "InvalidSnapshot.NotFound", "", "The snapshot '" + id + "' does not exist.");
    }
    StringBuilder xml = new StringBuilder("<snapshotSet><item>");
    element(xml, "snapshotId", id);
    element(xml, "volumeId", "vol-ffffffff");
    element(xml, "status", snapshot.state());
    element(xml, "startTime", "2026-01-01T00:00:00.000Z");
    element(xml, "progress", "100%");
    element(xml, "ownerId", snapshot.ownerId());
    element(xml, "volumeSize", String.valueOf(snapshot.volumeSizeGib()));
    element(xml, "encrypted", String.valueOf(snapshot.encrypted()));
    element(xml, "storageTier", snapshot.storageTier());
    return response("DescribeSnapshots", xml.append("</item></snapshotSet>").toString());
  }

  static String errorXml(ApiFailure failure) {
    StringBuilder xml = new StringBuilder("<Response><Errors><Error>");
    element(xml, "Code", failure.code);
    element(xml, "Message", failure.message());
    return xml.append("</Error></Errors><RequestID>00000000</RequestID></Response>").toString();
  }

  private static String response(String action, String content) {
    return "<"
        + action
        + "Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">"
        + "<requestId>00000000</requestId>"
        + content
        + "</"
        + action
        + "Response>";
  }

  private static void element(StringBuilder xml, String name, String value) {
    String escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    xml.append('<').append(name).append('>').append(escaped);
    xml.append("</").append(name).append('>');
  }
}
