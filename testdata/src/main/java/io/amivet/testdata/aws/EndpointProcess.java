package io.amivet.testdata.aws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * The endpoint as a process of its own, so that a benchmark does not measure the server. Serves one
 * snapshot, {@value #SNAPSHOT}, writes its address into a file once it listens, and adds a line to
 * a log for each half second with requests: the time in milliseconds, and how many there were.
 *
 * <pre>
 * EndpointProcess IMAGE SIZE-GIB LATENCY-MS REQUESTS-PER-SECOND ADDRESS-FILE LOG
 * </pre>
 */
public final class EndpointProcess {
  /** The only snapshot there is. */
  public static final String SNAPSHOT = "snap-0be4c40be4c40be40";

  private static final long TICK_MILLIS = 500;
  private static final int ARGUMENTS = 6;

  private EndpointProcess() {}

  /** Serves until it is killed. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != ARGUMENTS) {
      throw new IllegalArgumentException(
          "IMAGE SIZE-GIB LATENCY-MS REQUESTS-PER-SECOND ADDRESS-FILE LOG");
    }
    try (AwsEndpoint endpoint = AwsEndpoint.start()) {
      endpoint.add(ServedSnapshot.of(SNAPSHOT, Path.of(args[0]), Integer.parseInt(args[1])));
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
