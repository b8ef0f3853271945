package io.amivet.cli;

import io.amivet.report.Reporter;
import java.util.List;

/** The report formats on offer. */
interface Reporters {

  /** Names for {@code -o}, the default first. */
  List<String> formats();

  /**
   * The reporter of one of {@link #formats}.
   *
   * @param color whether the text goes to a terminal that shows colours
   */
  Reporter reporter(String format, boolean color);
}
