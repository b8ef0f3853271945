package io.amivet.testdata.aws;

/** What the query protocol's answers are put together from. */
final class Xml {
  private Xml() {}

  static void element(StringBuilder xml, String name, String value) {
    String escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    xml.append('<').append(name).append('>').append(escaped);
    xml.append("</").append(name).append('>');
  }

  static String response(String action, String content) {
    return "<"
        + action
        + "Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">"
        + "<requestId>00000000</requestId>"
        + content
        + "</"
        + action
        + "Response>";
  }

  static String error(ApiFailure failure) {
    StringBuilder xml = new StringBuilder("<Response><Errors><Error>");
    element(xml, "Code", failure.code);
    element(xml, "Message", failure.message());
    return xml.append("</Error></Errors><RequestID>00000000</RequestID></Response>").toString();
  }
}
