package io.amivet.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Locale;

/** A JSON Web Token (RFC 7519) that is signed (RFC 7515): header, claims and signature. */
final class Jwt {
  private static final long LASTING_SECONDS = 31L * 24 * 60 * 60;

  private Jwt() {}

  /** Whether the header names an algorithm, the claims are an object, and a signature follows. */
  static boolean isSigned(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3 || parts[2].isEmpty()) {
      return false;
    }
    JsonNode header = json(parts[0]);
    JsonNode claims = json(parts[1]);
    String algorithm = header.path("alg").asText("").toLowerCase(Locale.ROOT);
    return !algorithm.isEmpty()
        && !algorithm.equals("none")
        && claims.isObject()
        && !claims.isEmpty()
        && !isFromTheManual(claims);
  }

  /**
   * Whether a signed token is of use for long: it never expires, or more than a month after it was
   * issued. Those of a login live for hours.
   */
  static boolean isLasting(String token) {
    if (!isSigned(token)) {
      return false;
    }
    JsonNode claims = json(token.split("\\.", -1)[1]);
    long issued = claims.path("iat").asLong(claims.path("nbf").asLong(0));
    return !claims.has("exp")
        || (issued > 0 && claims.path("exp").asLong(0) - issued > LASTING_SECONDS);
  }

  /** The claims that jwt.io and RFC 7519 show. */
  private static boolean isFromTheManual(JsonNode claims) {
    return claims.path("name").asText("").equals("John Doe")
        || claims.path("sub").asText("").equals("1234567890")
        || claims.has("http://example.com/is_root");
  }

  private static JsonNode json(String part) {
    return Base64Text.decode(part).map(Json::tree).orElse(MissingNode.getInstance());
  }
}
