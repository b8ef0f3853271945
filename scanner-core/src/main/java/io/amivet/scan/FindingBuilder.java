package io.amivet.scan;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.Secret;
import io.amivet.finding.Finding;
import io.amivet.finding.Fingerprint;
import io.amivet.finding.Origin;
import io.amivet.fs.Extent;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FsPath;
import io.amivet.fs.Inode;
import io.amivet.inside.Member;
import io.amivet.plan.PlannedFile;
import io.amivet.rule.Profile;
import io.amivet.rule.Rule;
import io.amivet.rule.RuleSet.RuleMatch;
import io.amivet.rule.Severity;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns what a rule matched in a file into a finding of the report. */
final class FindingBuilder {
  private final Profile profile;
  private final Fingerprint fingerprint;

  FindingBuilder(ScanOptions options) {
    this.profile = options.profile();
    this.fingerprint = options.fingerprint();
  }

  Finding build(Mount mount, PlannedFile file, RuleMatch match) {
    long offset = Math.max(0, match.artifact().offset());
    return build(mount, file.entry(), match, imageOffset(mount, file.content(), offset));
  }

  /** A finding in something that lies in the file. Its owner and times are the member's. */
  Finding member(Mount mount, PlannedFile file, MemberScan.Found found) {
    Finding whole = build(mount, file.entry(), found.match(), -1);
    Artifact artifact = found.match().artifact();
    Member member = found.member();
    byte[] name = found.path().latin1().getBytes(StandardCharsets.ISO_8859_1);
    byte[] identity = identity(artifact);
    byte[] both = Arrays.copyOf(identity, identity.length + name.length);
    System.arraycopy(name, 0, both, identity.length, name.length);
    return new Finding(
        fingerprint.of(whole.rule().id(), whole.path(), both),
        whole.rule(),
        whole.severity(),
        whole.volume(),
        whole.path(),
        Origin.ARCHIVE_MEMBER,
        found.path().toString(),
        whole.inode(),
        member.mode(),
        member.uid(),
        member.gid(),
        member.modified(),
        artifact.offset(),
        artifact.line(),
        -1,
        artifact.evidence(),
        whole.fields(),
        whole.furtherPlaces(),
        whole.alsoMatched());
  }

  /** A finding that its entry alone gave rise to, whatever the contents. */
  Finding build(Mount mount, FileEntry entry, RuleMatch match) {
    return build(mount, entry, match, -1);
  }

  private Finding build(Mount mount, FileEntry entry, RuleMatch match, long imageOffset) {
    Artifact artifact = match.artifact();
    Inode inode = entry.inode();
    FsPath path = mount.onVolume(entry.path());
    FsPath mounted = mount.mounted(entry.path());
    Map<String, String> fields = new LinkedHashMap<>(artifact.fields());
    if (!mounted.equals(path)) {
      fields.put("mountedAs", mounted.toString());
    }
    fields.putAll(mount.labels());
    return new Finding(
        fingerprint.of(match.rule().id(), path, identity(artifact)),
        match.rule(),
        severity(match.rule(), artifact),
        mount.volume().volume().index(),
        path,
        Origin.LIVE,
        "",
        mount.fs().shownInodeNumber(inode.number()),
        inode.mode(),
        inode.uid(),
        inode.gid(),
        inode.modified(),
        artifact.offset(),
        artifact.line(),
        imageOffset,
        artifact.evidence(),
        fields,
        artifact.furtherPlaces(),
        match.alsoMatched());
  }

  /**
   * A finding in bytes that belong to no file.
   *
   * @param offset on the volume
   */
  Finding raw(OpenedVolume volume, Rule rule, Artifact artifact, long offset, long imageOffset) {
    FsPath nowhere = FsPath.ROOT;
    Map<String, String> fields = new LinkedHashMap<>(artifact.fields());
    fields.put(
        "place", volume.fs() == null ? volume.volume().contents() + " volume" : "free blocks");
    return new Finding(
        fingerprint.of(rule.id(), nowhere, identity(artifact)),
        rule,
        severity(rule, artifact),
        volume.volume().index(),
        nowhere,
        Origin.UNALLOCATED,
        "",
        0,
        0,
        0,
        0,
        Instant.EPOCH,
        offset,
        0,
        imageOffset,
        artifact.evidence(),
        fields,
        List.of(),
        List.of());
  }

  /** A key that anyone can download is no secret, unless the machine's own identity rests on it. */
  private Severity severity(Rule rule, Artifact artifact) {
    Severity severity = rule.severity().get(profile);
    if (severity == null) {
      throw new IllegalStateException(rule.id() + " is not part of " + profile.label());
    }
    boolean published = artifact.fields().containsKey("testKey");
    boolean ofHost = "ssh-host".equals(artifact.fields().get("role"));
    return published && !ofHost ? Severity.INFO : severity;
  }

  /** The secrets, or what else tells this artifact from others of the same file. */
  private static byte[] identity(Artifact artifact) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Secret secret : artifact.secrets()) {
      bytes.writeBytes(secret.reveal());
      bytes.write(0);
    }
    if (bytes.size() == 0) {
      // In the order of their names: that of the map may differ from run to run.
      String fields = new TreeMap<>(artifact.fields()).toString();
      bytes.writeBytes((artifact.kind() + fields).getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static long imageOffset(Mount mount, FileContent content, long offset) {
    if (content instanceof FileContent.Mapped mapped) {
      for (Extent extent : mapped.extents()) {
        if (!extent.unwritten() && offset >= extent.fileOffset() && offset < extent.fileEnd()) {
          long onVolume = extent.volumeOffset() + (offset - extent.fileOffset());
          return mount.fs().volume().imageOffset(onVolume);
        }
      }
    }
    return -1;
  }
}
