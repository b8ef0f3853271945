package io.amivet.volume;

/** What became of a volume. */
public enum VolumeState {
  /** Its file system was opened. */
  READ,
  /** It should be readable but is not: damaged, or cut off by the end of the image. */
  UNREADABLE,
  /** Its contents are ciphertext. */
  ENCRYPTED,
  /** Recognised, not read by this version. */
  UNSUPPORTED,
  /** Nothing but zeros, or space that holds no file system by design (BIOS boot). */
  EMPTY,
  /** A part of volumes that were put together and are listed by themselves. */
  MEMBER;

  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
