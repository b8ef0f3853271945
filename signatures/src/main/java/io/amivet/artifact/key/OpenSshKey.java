package io.amivet.artifact.key;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * OpenSSH's private key container (PROTOCOL.key): magic, cipher, KDF, public key, and a private
 * section that begins with the same number twice.
 */
final class OpenSshKey {
  private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.ISO_8859_1);

  private OpenSshKey() {}

  static FoundKey decode(PemBlock block) throws MalformedKeyException {
    WireReader reader = new WireReader(block.body());
    if (!Arrays.equals(reader.raw(MAGIC.length), MAGIC)) {
      throw new MalformedKeyException("no openssh-key-v1 magic");
    }
    String cipher = reader.text();
    String kdfName = reader.text();
    byte[] kdfOptions = reader.string();
    if (reader.uint32() != 1) {
      throw new MalformedKeyException("OpenSSH stores one key a file");
    }
    byte[] blob = reader.string();
    SshPublicKey key = SshPublicKey.parse(new WireReader(blob).text(), blob);
    PublicHalf half = new PublicHalf(key.type(), key.bits(), key.fingerprint());
    byte[] section = reader.string();
    if (!cipher.equals("none")) {
      return encrypted(half, cipher, kdf(kdfName, kdfOptions), section, block);
    }
    String comment = comment(section, key);
    return new FoundKey(
        "openssh", half, comment, false, "", block.body(), block.line(), block.offset());
  }

  private static FoundKey encrypted(
      PublicHalf half, String cipher, String kdf, byte[] section, PemBlock block)
      throws MalformedKeyException {
    // AEAD tags follow the section, so that its own length is whole blocks with every cipher.
    if (section.length < 64 || section.length % 8 != 0) {
      throw new MalformedKeyException("encrypted section of " + section.length + " bytes");
    }
    return FoundKey.encrypted("openssh", half, kdf + " " + cipher, block);
  }

  private static String kdf(String name, byte[] options) throws MalformedKeyException {
    if (!name.equals("bcrypt")) {
      return name;
    }
    WireReader reader = new WireReader(options);
    reader.string(); // salt
    return "bcrypt rounds=" + reader.uint32();
  }

  private static String comment(byte[] section, SshPublicKey key) throws MalformedKeyException {
    WireReader reader = new WireReader(section);
    int checkint = reader.uint32();
    if (reader.uint32() != checkint) {
      throw new MalformedKeyException("check numbers differ");
    }
    if (!reader.text().equals(key.type())) {
      throw new MalformedKeyException("the halves differ in type");
    }
    int fields =
        switch (key.type()) {
          case "ssh-rsa" -> 6; // n, e, d, iqmp, p, q
          case "ssh-dss" -> 5; // p, q, g, y, x
          case "ssh-ed25519" -> 2; // public, private
          case "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521" -> 3;
          case "sk-ssh-ed25519@openssh.com" -> 2; // public, application; then flags
          case "sk-ecdsa-sha2-nistp256@openssh.com" -> 3;
          default -> throw new MalformedKeyException("unsupported type");
        };
    for (int i = 0; i < fields; i++) {
      reader.string();
    }
    if (key.type().startsWith("sk-")) {
      reader.raw(1); // flags
      reader.string(); // key handle
      reader.string(); // reserved
    }
    return reader.text();
  }
}
