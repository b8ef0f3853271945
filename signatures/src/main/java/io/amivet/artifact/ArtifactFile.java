package io.amivet.artifact;

/**
 * One file as a parser sees it.
 *
 * @param path absolute path in the image as Latin-1 text (one char a byte)
 * @param bytes the contents, or their first part if {@code truncated}; do not modify
 * @param truncated whether the file is longer than what a parser may see
 * @param mode permission bits
 * @param uid owner
 * @param gid group
 */
public record ArtifactFile(
    String path, byte[] bytes, boolean truncated, int mode, long uid, long gid) {

  /** A root-owned file of mode 0644, read whole. */
  public static ArtifactFile of(String path, byte[] bytes) {
    return new ArtifactFile(path, bytes, false, 0644, 0, 0);
  }

  /** The contents as Latin-1: char offsets are byte offsets. */
  public String latin1() {
    return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
