package io.amivet.match;

/** Shannon entropy of a text's own characters, in bits per character. */
final class Entropy {
  private Entropy() {}

  static double bitsPerChar(String text) {
    int[] counts = new int[256];
    for (int i = 0; i < text.length(); i++) {
      counts[text.charAt(i) & 0xff]++;
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / text.length();
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits;
  }
}
