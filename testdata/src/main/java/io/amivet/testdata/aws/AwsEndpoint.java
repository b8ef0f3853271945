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
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP server on the loopback interface that answers as EC2 and the EBS direct APIs do, from
 * image files. It takes any signature, but wants one. Close it to free its port, its threads and
 * its files.
 */
public final class AwsEndpoint implements AutoCloseable {
  private static final Pattern LIST = Pattern.compile("/snapshots/([^/]+)/blocks");
  private static final Pattern GET = Pattern.compile("/snapshots/([^/]+)/blocks/(\\d{1,9})");
  private static final Pattern CHANGED = Pattern.compile("/snapshots/([^/]+)/changedblocks");
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

  private void handleEc2(HttpExchange exchange, String body) throws IOException {
    Map<String, String> form = Ec2Responder.parseForm(body);
    String action = form.getOrDefault("Action", "");
    count(action);
    String xml;
    int status = 200;
    try {
      requireSignature(exchange);
      xml = ec2.answer(action, form);
    } catch (ApiFailure failure) {
      status = failure.status;
      xml = Ec2Responder.errorXml(failure);
    }
    exchange.getResponseHeaders().set("Content-Type", "text/xml;charset=UTF-8");
    send(exchange, status, xml.getBytes(StandardCharsets.UTF_8));
  }

  private void handleEbs(HttpExchange exchange) throws IOException, InterruptedException {
    String path = exchange.getRequestURI().getPath();
    String rawQuery = exchange.getRequestURI().getRawQuery();
    Map<String, String> query = Ec2Responder.parseForm(rawQuery == null ? "" : rawQuery);
    Matcher list = LIST.matcher(path);
    Matcher get = GET.matcher(path);
    Matcher changed = CHANGED.matcher(path);
    try {
      if (list.matches()) {
        count("ListSnapshotBlocks");
        requireSignature(exchange);
        sendJson(exchange, 200, ebs.list(list.group(1), query));
      } else if (changed.matches()) {
        count("ListChangedBlocks");
        requireSignature(exchange);
        sendJson(exchange, 200, ebs.listChanged(changed.group(1), query));
      } else if (get.matches()) {
        count("GetSnapshotBlock");
        requireSignature(exchange);
        sendBlock(exchange, ebs.get(get.group(1), Integer.parseInt(get.group(2)), query));
      } else {
        throw new ApiFailure(404, "UnknownOperationException", "", "No such operation");
      }
    } catch (ApiFailure failure) {
      sendFailure(exchange, failure);
    }
  }

  private static void requireSignature(HttpExchange exchange) throws ApiFailure {
    if (!exchange.getRequestHeaders().containsKey("Authorization")) {
      throw new ApiFailure(
          403, "MissingAuthenticationTokenException", "", "Missing Authentication Token");
    }
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

  private void sendBlock(HttpExchange exchange, byte[] block)
      throws IOException, InterruptedException {
    byte[] digest = sha256(block);
    if (faults.takeWrongChecksum()) {
      digest[0] ^= 1;
    }
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/octet-stream");
    headers.set("x-amz-Data-Length", String.valueOf(block.length));
    headers.set("x-amz-Checksum", Base64.getEncoder().encodeToString(digest));
    headers.set("x-amz-Checksum-Algorithm", "SHA256");
    boolean truncated = faults.takeTruncatedBody();
    boolean stalled = !truncated && faults.takeStalledBody();
    if (!truncated && !stalled) {
      send(exchange, 200, block);
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
