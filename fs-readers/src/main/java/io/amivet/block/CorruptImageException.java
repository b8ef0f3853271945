package io.amivet.block;

import java.io.IOException;

/** The image contradicts its own format at a known place. */
public final class CorruptImageException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Fault fault;
  private final long imageOffset;

  /**
   * @param imageOffset offset of the offending bytes from the start of the image, or -1 if no
   *     single place is to blame
   * @param detail the values met, for the message
   */
  public CorruptImageException(Fault fault, long imageOffset, String structName, String detail) {
    super(
        fault.summary()
            + " in "
            + structName
            + (imageOffset < 0 ? "" : " at image offset " + imageOffset)
            + (detail.isEmpty() ? "" : ": " + detail));
    this.fault = fault;
    this.imageOffset = imageOffset;
  }

  public Fault fault() {
    return fault;
  }

  /** Offset of the offending bytes from the start of the image. */
  public long imageOffset() {
    return imageOffset;
  }

  /** This corruption as one that was survived. */
  public Anomaly toAnomaly() {
    return new Anomaly(fault.code(), String.valueOf(getMessage()), imageOffset);
  }
}
