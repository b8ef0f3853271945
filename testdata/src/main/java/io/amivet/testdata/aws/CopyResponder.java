package io.amivet.testdata.aws;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The calls of EC2 that make copies of snapshots and images, label them and remove them. */
final class CopyResponder {
  private final Catalog catalog;
  private final Faults faults;
  private final AtomicInteger made = new AtomicInteger();
  private final Map<String, AtomicInteger> polls = new ConcurrentHashMap<>();

  CopyResponder(Catalog catalog, Faults faults) {
    this.catalog = catalog;
    this.faults = faults;
  }

  String copySnapshot(Map<String, String> form, Principal caller) throws ApiFailure {
    String source = form.getOrDefault("SourceSnapshotId", "");
    String id = copy(source, form, tags(form, "snapshot"), caller);
    StringBuilder xml = new StringBuilder();
    Xml.element(xml, "snapshotId", id);
    return Xml.response("CopySnapshot", xml.toString());
  }

  private String copy(
      String source, Map<String, String> form, Map<String, String> tags, Principal caller)
      throws ApiFailure {
    ServedSnapshot snapshot = catalog.snapshot(source);
    if (snapshot == null || !snapshot.isVisibleTo(caller)) {
      throw new ApiFailure(
          400, "InvalidSnapshot.NotFound", "", "The snapshot '" + source + "' does not exist.");
    }
    if (snapshot.encrypted() && !caller.mayCall("kms:Decrypt")) {
      throw new ApiFailure(400, "InvalidKmsKey.AccessDenied", "", "Given key may not be used");
    }
    boolean encrypt = "true".equals(form.get("Encrypted")) || snapshot.encrypted();
    String usual = "arn:aws:kms:eu-west-1:" + caller.account() + ":key/default";
    String key = encrypt ? form.getOrDefault("KmsKeyId", usual) : "";
    String id = newId("snap");
    try {
      catalog.add(snapshot.copy(id, caller.account(), key, tags));
    } catch (IOException e) {
      throw new ApiFailure(500, "InternalError", "", String.valueOf(e.getMessage()));
    }
    polls.put(id, new AtomicInteger());
    return id;
  }

  private String newId(String kind) {
    return String.format(java.util.Locale.ROOT, "%s-0c0de%012x", kind, made.incrementAndGet());
  }

  String copyImage(Map<String, String> form, Principal caller) throws ApiFailure {
    String source = form.getOrDefault("SourceImageId", "");
    ServedImage image = catalog.image(source);
    if (image == null) {
      throw new ApiFailure(
          400, "InvalidAMIID.NotFound", "", "The image id '[" + source + "]' does not exist");
    }
    List<ServedImage.Mapping> mappings = new ArrayList<>();
    for (ServedImage.Mapping mapping : image.mappings()) {
      mappings.add(
          mapping instanceof ServedImage.Mapping.Ebs(String device, String snapshotId)
              ? new ServedImage.Mapping.Ebs(device, copyOfStorage(snapshotId, form, caller))
              : mapping);
    }
    String id = newId("ami");
    catalog.add(
        ServedImage.of(id, mappings.toArray(ServedImage.Mapping[]::new))
            .withRootDevice(image.rootDeviceName(), image.rootDeviceType())
            .withOwner(caller.account(), false)
            .withState("pending"));
    StringBuilder xml = new StringBuilder();
    Xml.element(xml, "imageId", id);
    return Xml.response("CopyImage", xml.toString());
  }

  private String copyOfStorage(String snapshotId, Map<String, String> form, Principal caller)
      throws ApiFailure {
    ServedSnapshot storage = catalog.snapshot(snapshotId);
    if (storage == null || !storage.isVisibleTo(caller)) {
      throw new ApiFailure(
          400,
          "InvalidRequest",
          "",
          "You do not have permission to access the storage of this ami");
    }
    return copy(snapshotId, form, tags(form, "snapshot"), caller);
  }

  /** A copy comes nearer each time somebody asks. */
  ServedSnapshot advance(ServedSnapshot snapshot) {
    AtomicInteger asked = polls.get(snapshot.id());
    if (asked == null || !snapshot.state().equals("pending")) {
      return snapshot;
    }
    if (asked.incrementAndGet() <= faults.copyPolls()) {
      return snapshot;
    }
    ServedSnapshot done = snapshot.withState(faults.doCopiesFail() ? "error" : "completed");
    catalog.update(done);
    return done;
  }

  /** An image is there when its snapshots are. */
  ServedImage advance(ServedImage image) {
    if (!image.state().equals("pending")) {
      return image;
    }
    String state = "available";
    for (ServedImage.Mapping mapping : image.mappings()) {
      ServedSnapshot snapshot =
          mapping instanceof ServedImage.Mapping.Ebs ebs
              ? catalog.snapshot(ebs.snapshotId())
              : null;
      String of = snapshot == null ? "completed" : advance(snapshot).state();
      if (!of.equals("completed")) {
        state = of.equals("error") ? "failed" : "pending";
      }
    }
    ServedImage now = image.withState(state);
    catalog.add(now);
    return now;
  }

  String progress(ServedSnapshot snapshot) {
    AtomicInteger asked = polls.get(snapshot.id());
    return asked == null || !snapshot.state().equals("pending")
        ? "100%"
        : 100 * asked.get() / (faults.copyPolls() + 1) + "%";
  }

  String deleteSnapshot(Map<String, String> form, Principal caller) throws ApiFailure {
    String id = form.getOrDefault("SnapshotId", "");
    ServedSnapshot snapshot = catalog.snapshot(id);
    if (snapshot == null || !snapshot.isOwnedBy(caller)) {
      throw new ApiFailure(
          400, "InvalidSnapshot.NotFound", "", "The snapshot '" + id + "' does not exist.");
    }
    for (ServedImage image : catalog.images()) {
      for (ServedImage.Mapping mapping : image.mappings()) {
        if (mapping instanceof ServedImage.Mapping.Ebs ebs && ebs.snapshotId().equals(id)) {
          throw new ApiFailure(
              400,
              "InvalidSnapshot.InUse",
              "",
              "The snapshot " + id + " is currently in use by " + image.id());
        }
      }
    }
    try {
      catalog.removeSnapshot(id);
    } catch (IOException e) {
      throw new ApiFailure(500, "InternalError", "", String.valueOf(e.getMessage()));
    }
    return done("DeleteSnapshot");
  }

  String deregisterImage(Map<String, String> form, Principal caller) throws ApiFailure {
    String id = form.getOrDefault("ImageId", "");
    ServedImage image = catalog.image(id);
    if (image == null || !image.ownerId().equals(caller.account())) {
      throw new ApiFailure(
          400, "InvalidAMIID.Unavailable", "", "The image id '[" + id + "]' is not available");
    }
    catalog.removeImage(id);
    return done("DeregisterImage");
  }

  String createTags(Map<String, String> form) throws ApiFailure {
    Map<String, String> tags = new TreeMap<>();
    for (int number = 1; form.containsKey("Tag." + number + ".Key"); number++) {
      tags.put(
          form.getOrDefault("Tag." + number + ".Key", ""),
          form.getOrDefault("Tag." + number + ".Value", ""));
    }
    for (int number = 1; form.containsKey("ResourceId." + number); number++) {
      ServedSnapshot snapshot = catalog.snapshot(form.getOrDefault("ResourceId." + number, ""));
      if (snapshot == null) {
        throw new ApiFailure(400, "InvalidID", "", "The ID is not valid");
      }
      catalog.update(snapshot.withTags(tags));
    }
    return done("CreateTags");
  }

  private static String done(String action) {
    return Xml.response(action, "<return>true</return>");
  }

  /** The tags that a request asks for on what it makes. */
  private static Map<String, String> tags(Map<String, String> form, String resourceType) {
    Map<String, String> tags = new TreeMap<>();
    for (int spec = 1; form.containsKey("TagSpecification." + spec + ".ResourceType"); spec++) {
      String prefix = "TagSpecification." + spec + ".";
      if (!resourceType.equals(form.get(prefix + "ResourceType"))) {
        continue;
      }
      for (int tag = 1; form.containsKey(prefix + "Tag." + tag + ".Key"); tag++) {
        tags.put(
            form.getOrDefault(prefix + "Tag." + tag + ".Key", ""),
            form.getOrDefault(prefix + "Tag." + tag + ".Value", ""));
      }
    }
    return tags;
  }
}
