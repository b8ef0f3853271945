package io.amivet.testdata.aws;

/** STS: {@code GetCallerIdentity}, which everybody may call. */
final class StsResponder {
  private StsResponder() {}

  static String callerIdentity(Principal caller) {
    StringBuilder xml = new StringBuilder();
    xml.append("<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">");
    xml.append("<GetCallerIdentityResult>");
    Xml.element(xml, "Arn", caller.arn());
    Xml.element(xml, "UserId", caller.accessKey());
    Xml.element(xml, "Account", caller.account());
    xml.append("</GetCallerIdentityResult></GetCallerIdentityResponse>");
    return xml.toString();
  }
}
