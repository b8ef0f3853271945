package io.amivet.source.ebs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

class CallerIdentityTest {
  private static final String ANSWER =
      """
      <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
        <GetCallerIdentityResult>
          <Arn>arn:aws:sts::123456789012:assumed-role/scanner/nightly</Arn>
          <UserId>AROAEXAMPLE:nightly</UserId>
          <Account>123456789012</Account>
        </GetCallerIdentityResult>
        <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>
      </GetCallerIdentityResponse>
      """;

  private static String ask(int status, String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try {
      StsClient sts =
          StsClient.builder()
              .region(Region.EU_WEST_1)
              .httpClient(Apache5HttpClient.create())
              .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
              .credentialsProvider(
                  StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "key")))
              .build();
      return CallerIdentity.ask(sts).arn();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void isWhatStsSays() throws IOException {
    assertThat(ask(200, ANSWER))
        .isEqualTo("arn:aws:sts::123456789012:assumed-role/scanner/nightly");
  }

  @Test
  void isUnknownWhereStsRefuses() throws IOException {
    assertThat(ask(403, "<ErrorResponse/>")).isEmpty();
    assertThat(ask(200, "no XML")).isEmpty();
  }
}
