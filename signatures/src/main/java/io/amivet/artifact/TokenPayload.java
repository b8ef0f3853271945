package io.amivet.artifact;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tokens that hold something readable in base64. */
final class TokenPayload {
  private static final Pattern JSON_OBJECT =
      Pattern.compile("ey[IJA][A-Za-z0-9+/_-]{8,4000}={0,2}");
  private static final Pattern SNOWFLAKE = Pattern.compile("[0-9]{17,20}");
  private static final int MAX_LOGIN_BYTES = 400;

  private TokenPayload() {}

  /** Whether a JSON object with members lies in the token as base64, wherever in it. */
  static boolean holdsJson(String token) {
    Matcher object = JSON_OBJECT.matcher(token);
    if (!object.find()) {
      return false;
    }
    return Base64Text.decode(cutToBytes(object.group()))
        .map(Json::tree)
        .map(tree -> tree.isObject() && !tree.isEmpty())
        .orElse(false);
  }

  /** A separator of the base64url alphabet may have taken characters of the next part along. */
  private static String cutToBytes(String base64) {
    int end = base64.length();
    int underscore = base64.indexOf('_');
    if (underscore > 0) {
      end = underscore;
    }
    return base64.substring(0, end);
  }

  /** {@code user:password} in base64, as of HTTP's basic authentication (RFC 7617). */
  static boolean isLogin(String base64) {
    byte[] bytes = Base64Text.decode(base64).orElse(new byte[0]);
    if (bytes.length == 0 || bytes.length > MAX_LOGIN_BYTES) {
      return false;
    }
    for (byte b : bytes) {
      if ((b >= 0 && b < 0x20) || b == 0x7f) {
        return false;
      }
    }
    String login = new String(bytes, StandardCharsets.UTF_8);
    int colon = login.indexOf(':');
    String password = login.substring(colon + 1);
    return colon > 0
        && login.indexOf('\ufffd') < 0
        && password.length() >= 4
        && !Placeholders.isPlaceholder(password)
        && !Placeholders.isFieldName(password);
  }

  /** Tokens of Discord bots start with the bot's id, digits, in base64. */
  static boolean startsWithSnowflake(String token) {
    int dot = token.indexOf('.');
    return dot > 0
        && Base64Text.decode(token.substring(0, dot))
            .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
            .map(id -> SNOWFLAKE.matcher(id).matches())
            .orElse(false);
  }
}
