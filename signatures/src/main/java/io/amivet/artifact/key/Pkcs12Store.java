package io.amivet.artifact.key;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.pkcs.SafeBag;

/**
 * PKCS #12 (RFC 7292). OpenSSL and the JDK leave the bags of keys readable and encrypt each key in
 * its bag; safes that are encrypted as a whole hold certificates, and are not opened. Structures in
 * BER without lengths, as NSS writes them, are recognised and no more.
 */
final class Pkcs12Store {
  private static final int MAX_BAGS = 10_000;

  private int privateKeys;
  private int openKeys;
  private int secretKeys;
  private int certificates;
  private boolean known = true;
  private final List<byte[]> bodies = new ArrayList<>();

  private Pkcs12Store() {}

  /** A sequence that starts with version 3. */
  static boolean recognises(byte[] file) {
    if (file.length < 16 || file[0] != 0x30) {
      return false;
    }
    int lengthBytes = file[1] >= 0 ? 0 : file[1] & 0x7f;
    int at = 2 + lengthBytes;
    return lengthBytes <= 4
        && file[at] == 2
        && file[at + 1] == 1
        && file[at + 2] == 3
        && file[at + 3] == 0x30;
  }

  static Optional<Keystore> read(byte[] file, boolean truncated) {
    if (!recognises(file)) {
      return Optional.empty();
    }
    try {
      DerShape.check(file);
      Pfx pfx = Pfx.getInstance(file);
      if (!pfx.getAuthSafe().getContentType().equals(PKCSObjectIdentifiers.data)) {
        return Optional.of(unread());
      }
      byte[] safes = ASN1OctetString.getInstance(pfx.getAuthSafe().getContent()).getOctets();
      Pkcs12Store store = new Pkcs12Store();
      store.safes(safes);
      return Optional.of(store.result(Pkcs12Mac.lock(pfx.getMacData(), safes)));
    } catch (MalformedKeyException | IOException | RuntimeException e) {
      // Bouncy Castle reports bad input by unchecked exceptions of many kinds.
      boolean withoutLengths = file[1] == (byte) 0x80;
      return withoutLengths || truncated ? Optional.of(unread()) : Optional.empty();
    }
  }

  private static Keystore unread() {
    return new Keystore("pkcs12", 0, 0, 0, false, Keystore.Lock.UNTRIED, List.of());
  }

  private Keystore result(Keystore.Lock byMac) {
    boolean allOpen = openKeys > 0 && openKeys == privateKeys;
    return new Keystore(
        "pkcs12",
        privateKeys,
        secretKeys,
        certificates,
        known,
        allOpen ? Keystore.Lock.NONE : byMac,
        bodies);
  }

  private void safes(byte[] der) throws MalformedKeyException, IOException {
    DerShape.check(der);
    for (ASN1Encodable safe : ASN1Sequence.getInstance(der)) {
      ContentInfo info = ContentInfo.getInstance(safe);
      if (info.getContentType().equals(PKCSObjectIdentifiers.data)) {
        bags(ASN1OctetString.getInstance(info.getContent()).getOctets());
      } else {
        known = false;
      }
    }
  }

  private void bags(byte[] der) throws MalformedKeyException, IOException {
    DerShape.check(der);
    ASN1Sequence bags = ASN1Sequence.getInstance(der);
    if (bags.size() > MAX_BAGS) {
      throw new MalformedKeyException("more bags than any");
    }
    for (ASN1Encodable each : bags) {
      SafeBag bag = SafeBag.getInstance(each);
      ASN1ObjectIdentifier type = bag.getBagId();
      if (type.equals(PKCSObjectIdentifiers.certBag)) {
        certificates++;
        continue;
      }
      if (type.equals(PKCSObjectIdentifiers.keyBag)) {
        openKeys++;
        privateKeys++;
      } else if (type.equals(PKCSObjectIdentifiers.pkcs8ShroudedKeyBag)) {
        privateKeys++;
      } else if (type.equals(PKCSObjectIdentifiers.secretBag)) {
        secretKeys++;
      } else {
        known = false;
        continue;
      }
      bodies.add(bag.getBagValue().toASN1Primitive().getEncoded());
    }
  }
}
