package io.amivet.ext;

import java.nio.charset.StandardCharsets;

/** The full name of an extended attribute, of which the disk keeps the prefix as a number. */
final class AttributeName {
  private AttributeName() {}

  /** {@code EXT4_XATTR_INDEX_*} of {@code fs/ext4/xattr.h}. */
  static String of(int nameIndex, byte[] name) {
    String prefix =
        switch (nameIndex) {
          case 0 -> "";
          case 1 -> "user.";
          case 2 -> "system.posix_acl_access";
          case 3 -> "system.posix_acl_default";
          case 4 -> "trusted.";
          case 5 -> "lustre.";
          case 6 -> "security.";
          case 7 -> "system.";
          case 8 -> "system.richacl";
          case 10 -> "gnu.";
          default -> "unknown-" + nameIndex + ".";
        };
    return prefix + new String(name, StandardCharsets.UTF_8);
  }
}
