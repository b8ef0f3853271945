package io.amivet.testdata.aws;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on the loopback interface that answers as EC2 and the EBS direct APIs do, from
 * image files. It takes any signature, but wants one. Close it to free its port, its threads and
 * its files.
 */
public final class AwsEndpoint implements AutoCloseable {
  private static final Pattern LIST = Pattern.compile("/snapshots/([^/]+)/blocks");
  private static final Pattern CHANGED = Pattern.compile("/snapshots/([^/]+)/changedblocks");
  private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/,\\s]{1,128})/");
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int SLOW_PIECES = 8;
  private static final Pattern GET = Pattern.compile("/snapshots/([^/]+)/blocks/(\\d{1,9})");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration STALL = Duration.ofMinutes(10);
  private static final int MAX_FORM_BYTES = 64 << 10;
  private static final int BACKLOG_CONNECTIONS = 1024;
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";

  static {
    // Nagle's algorithm holds back the tail of a block for the peer's delayed acknowledgement,
    // 40 ms that no real endpoint has. The server reads this property once, when it is loaded.
    if (System.getProperty(NO_DELAY) == null) {
      System.setProperty(NO_DELAY, "true");
    }
  }

  private final HttpServer server;
  private final ExecutorService executor;
  private final Catalog catalog = new Catalog();
  private final Faults faults = new Faults();
  private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
  private final Ec2Responder ec2 = new Ec2Responder(catalog, faults);
  private final EbsResponder ebs = new EbsResponder(catalog, faults);

  private AwsEndpoint() throws IOException {
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG_CONNECTIONS);
    executor = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("aws-", 0).factory());
    server.setExecutor(executor);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Starts on a free port. */
  public static AwsEndpoint start() throws IOException {
    return new AwsEndpoint();
  }

  /** What {@code --endpoint-url} takes. */
  public URI uri() {
    InetSocketAddress address = server.getAddress();
    return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
  }

  public Faults faults() {
    return faults;
  }

  public AwsEndpoint add(ServedImage image) {
    catalog.add(image);
    return this;
  }

  public AwsEndpoint add(Principal principal) {
    catalog.add(principal);
    return this;
  }

  /** Whether there is such a snapshot by now; copies come and go. */
  public boolean hasSnapshot(String id) {
    return catalog.snapshot(id) != null;
  }

  /** What is said of a snapshot by now; null if there is none. */
  public @Nullable ServedSnapshot snapshot(String id) {
    return catalog.snapshot(id);
  }

  /** The ids of all snapshots and images there are by now. */
  public SortedSet<String> ids() {
    SortedSet<String> ids = new TreeSet<>();
    catalog.snapshots().forEach(snapshot -> ids.add(snapshot.id()));
    catalog.images().forEach(image -> ids.add(image.id()));
    return ids;
  }

  /** Reads the image file once, to know its blocks. */
  public AwsEndpoint add(ServedSnapshot snapshot) throws IOException {
    catalog.add(snapshot);
    return this;
  }

  /** Requests so far for an operation, {@code GetSnapshotBlock}, refused ones included. */
  public long requests(String operation) {
    LongAdder count = requests.get(operation);
    return count == null ? 0 : count.sum();
  }

  private void count(String operation) {
    requests.computeIfAbsent(operation, _ -> new LongAdder()).increment();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] form = exchange.getRequestBody().readNBytes(MAX_FORM_BYTES);
      Thread.sleep(faults.latency());
      if (exchange.getRequestMethod().equals("POST")) {
        handleEc2(exchange, new String(form, StandardCharsets.UTF_8));
      } else {
        handleEbs(exchange);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void handleEc2(HttpExchange exchange, String body)
      throws IOException, InterruptedException {
    Map<String, String> form = Ec2Responder.parseForm(body);
    String action = form.getOrDefault("Action", "");
    count(action);
    String xml;
    int status = 200;
    try {
      play(action, false);
      Principal caller = caller(exchange);
      xml =
          action.equals("GetCallerIdentity")
              ? StsResponder.callerIdentity(caller)
              : ec2.answer(action, form, caller);
    } catch (ApiFailure failure) {
      status = failure.status;
      xml = Xml.error(failure);
    }
    exchange.getResponseHeaders().set("Content-Type", "text/xml;charset=UTF-8");
    send(exchange, status, xml.getBytes(StandardCharsets.UTF_8));
  }

  private void handleEbs(HttpExchange exchange) throws IOException, InterruptedException {
    String path = exchange.getRequestURI().getPath();
    String rawQuery = exchange.getRequestURI().getRawQuery();
    Map<String, String> query = Ec2Responder.parseForm(rawQuery == null ? "" : rawQuery);
    Matcher list = LIST.matcher(path);
    Matcher changed = CHANGED.matcher(path);
    Matcher get = GET.matcher(path);
    try {
      if (list.matches()) {
        count("ListSnapshotBlocks");
        play("ListSnapshotBlocks", true);
        sendJson(exchange, 200, ebs.list(list.group(1), query, caller(exchange)));
      } else if (changed.matches()) {
        count("ListChangedBlocks");
        play("ListChangedBlocks", true);
        sendJson(exchange, 200, ebs.changed(changed.group(1), query, caller(exchange)));
      } else if (get.matches()) {
        count("GetSnapshotBlock");
        FaultKind fault = play("GetSnapshotBlock", true);
        int index = Integer.parseInt(get.group(2));
        sendBlock(exchange, ebs.get(get.group(1), index, query, caller(exchange)), fault);
      } else {
        throw new ApiFailure(404, "UnknownOperationException", "", "No such operation");
      }
    } catch (ApiFailure failure) {
      sendFailure(exchange, failure);
    }
  }

  /**
   * Lets the call go wrong if it is time.
   *
   * @return what is to happen to the body; null for nothing
   */
  private @Nullable FaultKind play(String operation, boolean isEbs)
      throws ApiFailure, CutConnectionException {
    FaultKind fault = faults.script().next(operation);
    if (fault == null || fault.damagesBody()) {
      return fault;
    }
    if (fault == FaultKind.CUT_CONNECTION) {
      throw new CutConnectionException();
    }
    throw fault.failure(isEbs);
  }

  /** The server closes the connection of a handler that throws. */
  private static final class CutConnectionException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private Principal caller(HttpExchange exchange) throws ApiFailure {
    String signature = exchange.getRequestHeaders().getFirst("Authorization");
    if (signature == null) {
      throw new ApiFailure(
          403, "MissingAuthenticationTokenException", "", "Missing Authentication Token");
    }
    Matcher credential = CREDENTIAL.matcher(signature);
    return catalog.principal(credential.find() ? credential.group(1) : "");
  }

  private static void sendFailure(HttpExchange exchange, ApiFailure failure) throws IOException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("Message", failure.message());
    if (!failure.reason.isEmpty()) {
      body.put("Reason", failure.reason);
    }
    exchange.getResponseHeaders().set("x-amzn-ErrorType", failure.code);
    sendJson(exchange, failure.status, body);
  }

  private static void sendJson(HttpExchange exchange, int status, Map<String, Object> body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    send(exchange, status, JSON.writeValueAsBytes(body));
  }

  private void sendBlock(HttpExchange exchange, byte[] block, @Nullable FaultKind fault)
      throws IOException, InterruptedException {
    byte[] digest = sha256(block);
    if (fault == FaultKind.WRONG_CHECKSUM || faults.takeWrongChecksum()) {
      digest[0] ^= 1;
    }
    byte[] sent = fault == FaultKind.WRONG_LENGTH ? Arrays.copyOf(block, block.length / 2) : block;
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/octet-stream");
    headers.set("x-amz-Data-Length", String.valueOf(sent.length));
    headers.set("x-amz-Checksum", Base64.getEncoder().encodeToString(digest));
    headers.set("x-amz-Checksum-Algorithm", "SHA256");
    boolean truncated = faults.takeTruncatedBody();
    boolean stalled = !truncated && faults.takeStalledBody();
    if (fault == FaultKind.SLOW_BODY) {
      sendSlowly(exchange, sent);
      return;
    }
    if (!truncated && !stalled) {
      send(exchange, 200, sent);
      return;
    }
    exchange.sendResponseHeaders(200, block.length);
    OutputStream body = exchange.getResponseBody();
    body.write(block, 0, block.length / 2);
    body.flush();
    if (stalled) {
      Thread.sleep(STALL);
    }
  }

  private static void sendSlowly(HttpExchange exchange, byte[] block)
      throws IOException, InterruptedException {
    exchange.sendResponseHeaders(200, block.length);
    OutputStream body = exchange.getResponseBody();
    int piece = block.length / SLOW_PIECES;
    for (int start = 0; start < block.length; start += piece) {
      Thread.sleep(PAUSE);
      body.write(block, start, Math.min(piece, block.length - start));
      body.flush();
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static byte[] sha256(byte[] block) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(block);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void close() throws IOException {
    server.stop(0);
    executor.shutdownNow();
    catalog.close();
  }
}
