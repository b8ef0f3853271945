package io.amivet.xfs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amivet.block.BlockDevice;
import io.amivet.fs.ContentReader;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileTree;
import io.amivet.fs.FileType;
import io.amivet.fs.FsPath;
import io.amivet.fs.Inode;
import io.amivet.testdata.TestImages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A tree in the form of {@code testdata/images/list-tree.py}: path by path, either as the kernel
 * listed it or as amivet does.
 */
final class ExpectedListing {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'");

  private ExpectedListing() {}

  /** The kernel's listing that lies beside an image, as JSON text by path. */
  static Map<String, String> of(String image) throws IOException {
    Map<String, String> byPath = new TreeMap<>();
    try (InputStream in = TestImages.resource("images/" + image + ".listing.jsonl");
        MappingIterator<ObjectNode> lines = JSON.readerFor(ObjectNode.class).readValues(in)) {
      while (lines.hasNext()) {
        ObjectNode line = lines.next();
        if (line.get("xattrs") instanceof ObjectNode xattrs) {
          // The kernel shows an ACL in its own encoding, beside what XFS stores.
          xattrs.remove("system.posix_acl_access");
          xattrs.remove("system.posix_acl_default");
        }
        byPath.put(key(line), line.toString());
      }
    }
    return byPath;
  }

  private static String key(JsonNode line) {
    return line.has("path") ? line.get("path").asText() : line.get("pathBase64").asText();
  }

  /** The same of a walked tree, with contents read and hashed. */
  static Map<String, String> of(FileSystemView fs, FileTree tree, boolean withAttributes)
      throws IOException {
    Map<String, String> byPath = new TreeMap<>();
    for (FileEntry entry : tree.entries()) {
      ObjectNode line = describe(fs, entry, withAttributes);
      byPath.put(key(line), line.toString());
    }
    return byPath;
  }

  private static ObjectNode describe(FileSystemView fs, FileEntry entry, boolean withAttributes)
      throws IOException {
    Inode inode = entry.inode();
    ObjectNode line = JSON.createObjectNode();
    putText(line, "path", entry.path());
    line.put("type", inode.type().label());
    line.put("size", inode.sizeBytes());
    line.put("mode", String.format("%04o", inode.mode()));
    line.put("uid", inode.uid());
    line.put("gid", inode.gid());
    line.put("nlink", inode.linkCount());
    line.put("inode", inode.number());
    line.put("mtime", TIME.format(inode.modified().atOffset(ZoneOffset.UTC)));
    if (inode.type() == FileType.CHAR || inode.type() == FileType.BLOCK) {
      line.put("rdev", inode.deviceMajor() + ":" + inode.deviceMinor());
    }
    if (inode.type() == FileType.SYMLINK) {
      line.put("target", new String(fs.symlinkTarget(inode), StandardCharsets.UTF_8));
    }
    if (inode.isRegular()) {
      line.put("sha256", sha256(fs.volume(), fs, inode));
    }
    if (withAttributes) {
      Map<String, byte[]> attributes = new TreeMap<>(fs.extendedAttributes(inode));
      if (!attributes.isEmpty()) {
        ObjectNode values = line.putObject("xattrs");
        attributes.forEach((k, v) -> values.put(k, Base64.getEncoder().encodeToString(v)));
      }
    }
    return line;
  }

  private static void putText(ObjectNode line, String key, FsPath path) {
    String base64 =
        Base64.getEncoder().encodeToString(path.latin1().getBytes(StandardCharsets.ISO_8859_1));
    path.utf8().ifPresentOrElse(p -> line.put(key, p), () -> line.put(key + "Base64", base64));
  }

  private static String sha256(BlockDevice volume, FileSystemView fs, Inode inode)
      throws IOException {
    try (InputStream in = new ContentReader(volume, fs.content(inode)).stream()) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[64 << 10];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
