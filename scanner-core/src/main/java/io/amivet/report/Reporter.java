package io.amivet.report;

import io.amivet.finding.Report;
import java.io.IOException;
import java.io.OutputStream;

/** Writes a report in one format. Escapes all that comes from the image for that format. */
public interface Reporter {

  /** The name after {@code -o}. */
  String format();

  /**
   * Writes the whole report and flushes; does not close.
   *
   * @param showSecrets whether evidence is shown in the clear
   */
  void write(Report report, boolean showSecrets, OutputStream out) throws IOException;
}
