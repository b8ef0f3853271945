package io.amivet.saved;

import java.io.IOException;

/** A file that is no report of a scan, or one that this version does not read. */
public final class SavedReportException extends IOException {
  private static final long serialVersionUID = 1L;

  SavedReportException(String message) {
    super(message);
  }
}
