package io.amivet.inside;

import java.io.IOException;

/** A file or the rest of it is not looked into; the message is the reason, one clause. */
public class NotSearchedException extends IOException {
  private static final long serialVersionUID = 1L;

  public NotSearchedException(String reason) {
    super(reason);
  }
}
