package io.amivet.ami.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;

/**
 * What was about to be changed and what was changed, one JSON object a line, on the disk before the
 * account sees anything. A line that a kill cut off is passed over. One run at a time.
 */
public final class ChangeJournal implements Closeable {
  private static final long MAX_BYTES = 64L << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FileChannel channel;
  private final Clock clock;
  private final String plan;
  private final Set<Integer> begun = new HashSet<>();
  private boolean unfinished;

  private ChangeJournal(FileChannel channel, Clock clock, String plan) {
    this.channel = channel;
    this.clock = clock;
    this.plan = plan;
  }

  /**
   * Opens or makes a journal, and reads what an earlier run of the same plan left in it.
   *
   * @param plan fingerprint of the plan
   * @throws IOException with a sentence, if another run holds it or it cannot be used
   */
  public static ChangeJournal open(Path file, String plan, Clock clock) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      lock(channel, file);
      ChangeJournal journal = new ChangeJournal(channel, clock, plan);
      journal.recall(file);
      return journal;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void lock(FileChannel channel, Path file) throws IOException {
    boolean locked;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException here) {
      locked = false;
    }
    if (!locked) {
      throw new IOException(
          "another run uses the journal " + file + ": wait for it, or name another with --journal");
    }
  }

  private void recall(Path file) throws IOException {
    long size = channel.size();
    if (size > MAX_BYTES) {
      throw new IOException(
          "the journal " + file + " is larger than " + MAX_BYTES + " bytes: name another one");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) size);
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      // Until all is there.
    }
    String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    text.lines().forEach(this::recall);
    channel.position(size);
    if (!text.isEmpty() && !text.endsWith("\n")) {
      write("\n");
    }
  }

  private void recall(String line) {
    JsonNode entry;
    try {
      entry = JSON.readTree(line);
    } catch (JsonProcessingException cutOff) {
      return;
    }
    if (!entry.path("plan").asText().equals(plan)) {
      return;
    }
    switch (entry.path("event").asText()) {
      case "start" -> unfinished = true;
      case "begin" -> begun.add(entry.path("step").asInt());
      case "end" -> {
        unfinished = false;
        begun.clear();
      }
      default -> {
        // A confirmation, or an event of another version.
      }
    }
  }

  /** Whether an earlier run of this plan began and did not come to its end. */
  public boolean isUnfinished() {
    return unfinished;
  }

  /** Whether the run that did not end had begun this step, counted from 1. */
  public boolean hadBegun(int step) {
    return unfinished && begun.contains(step);
  }

  void start(String region, String caller, int steps) throws IOException {
    ObjectNode entry = entry("start");
    entry.put("region", region).put("caller", caller).put("steps", steps);
    append(entry);
  }

  void begin(int step, Change change, String before) throws IOException {
    append(step("begin", step, change).put("before", before));
  }

  void confirmed(int step, Change change, String after) throws IOException {
    append(step("confirmed", step, change).put("after", after));
  }

  void end() throws IOException {
    append(entry("end"));
  }

  private ObjectNode step(String event, int step, Change change) {
    return entry(event)
        .put("step", step)
        .put("resource", change.resource())
        .put("change", change.description());
  }

  private ObjectNode entry(String event) {
    return JSON.createObjectNode()
        .put("time", clock.instant().toString())
        .put("plan", plan)
        .put("event", event);
  }

  private void append(ObjectNode entry) throws IOException {
    write(JSON.writeValueAsString(entry) + "\n");
  }

  private void write(String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
