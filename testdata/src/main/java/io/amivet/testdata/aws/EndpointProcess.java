package io.amivet.testdata.aws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * The endpoint as a process of its own, so that a benchmark does not measure the server. Serves the
 * snapshot {@value #SNAPSHOT}, and an earlier one, {@value #BASE}, if there is an image of it.
 * Writes its address into a file once it listens, and adds a line to a log for each half second
 * with requests: the time in milliseconds, and how many there were.
 *
 * <pre>
 * EndpointProcess IMAGE SIZE-GIB LATENCY-MS REQUESTS-PER-SECOND ADDRESS-FILE LOG [BASE-IMAGE]
 * </pre>
 */
public final class EndpointProcess {
  /** What is served. */
  public static final String SNAPSHOT = "snap-0be4c40be4c40be40";

  /** What it was before. */
  public static final String BASE = "snap-0ba5e0ba5e0ba5e00";

  private static final long TICK_MILLIS = 500;
  private static final int ARGUMENTS = 6;

  private EndpointProcess() {}

  /** Serves until it is killed. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length < ARGUMENTS || args.length > ARGUMENTS + 1) {
      throw new IllegalArgumentException(
          "IMAGE SIZE-GIB LATENCY-MS REQUESTS-PER-SECOND ADDRESS-FILE LOG [BASE-IMAGE]");
    }
    try (AwsEndpoint endpoint = AwsEndpoint.start()) {
      int sizeGib = Integer.parseInt(args[1]);
      endpoint.add(ServedSnapshot.of(SNAPSHOT, Path.of(args[0]), sizeGib));
      if (args.length > ARGUMENTS) {
        endpoint.add(ServedSnapshot.of(BASE, Path.of(args[ARGUMENTS]), sizeGib));
      }
      endpoint
          .faults()
          .latency(Duration.ofMillis(Long.parseLong(args[2])))
          .throttleAbove(Integer.parseInt(args[3]));
      Files.writeString(Path.of(args[4]), endpoint.uri().toString());
      report(endpoint, Path.of(args[5]));
    }
  }

  private static void report(AwsEndpoint endpoint, Path log)
      throws IOException, InterruptedException {
    long before = 0;
    while (!Thread.currentThread().isInterrupted()) {
      Thread.sleep(TICK_MILLIS);
      long now = endpoint.requests("GetSnapshotBlock");
      if (now != before) {
        Files.writeString(
            log,
            System.currentTimeMillis() + " " + (now - before) + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      }
      before = now;
    }
  }
}
