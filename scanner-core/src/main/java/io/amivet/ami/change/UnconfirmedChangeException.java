package io.amivet.ami.change;

import java.io.IOException;

/** A change was accepted, and reading again does not show it. */
public final class UnconfirmedChangeException extends IOException {
  private static final long serialVersionUID = 1L;

  UnconfirmedChangeException(String sentence) {
    super(sentence);
  }
}
