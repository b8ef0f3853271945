package io.amivet.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.amivet.fs.ContentReader;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FileTree;
import io.amivet.fs.FileType;
import io.amivet.fs.Inode;
import io.amivet.testdata.TestImages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** A tree in the format of {@code list-tree.py}, from a listing made by the kernel or our own. */
public final class TreeListing {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private TreeListing() {}

  /**
   * What the kernel showed when the image was made, sorted by path.
   *
   * @param leftOut extended attributes that amivet does not show under these names
   */
  public static List<String> expected(String image, Set<String> leftOut) throws IOException {
    List<String> lines = new ArrayList<>();
    try (InputStream packed = TestImages.resource("images/" + image + ".listing.jsonl.gz");
        InputStream in = new GZIPInputStream(packed)) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        // Through the same writer as ours, so that escapes do not count.
        JsonNode entry = JSON.readTree(line);
        if (entry.get("xattrs") instanceof ObjectNode attributes) {
          attributes.remove(leftOut);
        }
        lines.add(entry.toString());
      }
    }
    lines.sort(null);
    return lines;
  }

  /** The same of a walked tree, with contents read and hashed. */
  public static List<String> actual(FileSystemView fs, FileTree tree, boolean withAttributes)
      throws IOException {
    List<String> lines = new ArrayList<>();
    for (FileEntry entry : tree.entries()) {
      lines.add(describe(fs, entry, withAttributes));
    }
    lines.sort(null);
    return lines;
  }

  private static String describe(FileSystemView fs, FileEntry entry, boolean withAttributes)
      throws IOException {
    Inode inode = entry.inode();
    ObjectNode json = JSON.createObjectNode();
    putText(json, "path", entry.path().toBytes());
    json.put("type", inode.type().label());
    json.put("size", inode.sizeBytes());
    json.put("mode", String.format(Locale.ROOT, "%04o", inode.mode()));
    json.put("uid", inode.uid());
    json.put("gid", inode.gid());
    json.put("nlink", inode.linkCount());
    json.put("inode", fs.shownInodeNumber(inode.number()));
    json.put("mtime", utc(inode.modified()));
    if (inode.type() == FileType.CHAR || inode.type() == FileType.BLOCK) {
      json.put("rdev", inode.deviceMajor() + ":" + inode.deviceMinor());
    }
    if (inode.type() == FileType.SYMLINK) {
      putText(json, "target", fs.symlinkTarget(inode));
    }
    if (inode.isRegular() && !inode.encrypted()) {
      json.put("sha256", sha256(fs, inode));
    }
    if (withAttributes) {
      putAttributes(json, fs.extendedAttributes(inode));
    }
    return json.toString();
  }

  private static void putAttributes(ObjectNode json, Map<String, byte[]> attributes) {
    if (!attributes.isEmpty()) {
      ObjectNode values = json.putObject("xattrs");
      new TreeMap<>(attributes)
          .forEach((name, value) -> values.put(name, Base64.getEncoder().encodeToString(value)));
    }
  }

  private static void putText(ObjectNode json, String key, byte[] raw) {
    try {
      json.put(key, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString());
    } catch (CharacterCodingException notUtf8) {
      json.put(key + "Base64", Base64.getEncoder().encodeToString(raw));
    }
  }

  private static String utc(Instant instant) {
    return UTC.format(instant);
  }

  private static String sha256(FileSystemView fs, Inode inode) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
    byte[] piece = new byte[1 << 20];
    try (InputStream in = new ContentReader(fs.volume(), fs.content(inode)).stream()) {
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        digest.update(piece, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
