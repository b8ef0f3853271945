package io.amivet.inside.text;

/**
 * UTF-16 code units in bytes.
 *
 * @param bytes of which {@code length} count; the last one of an odd number does not
 * @param bigEndian which byte of a unit comes first
 */
record Utf16Units(byte[] bytes, int length, boolean bigEndian) {

  int count() {
    return length / 2;
  }

  char at(int unit) {
    int first = bytes[2 * unit] & 0xff;
    int second = bytes[2 * unit + 1] & 0xff;
    return (char) (bigEndian ? first << 8 | second : second << 8 | first);
  }

  /** How many units no text has: controls, private use, halves of pairs, what Unicode bars. */
  int oddUnits(int from) {
    int odd = 0;
    for (int i = from; i < count(); i++) {
      char unit = at(i);
      if (Character.isHighSurrogate(unit) && (i + 1 == count() || isLow(i + 1))) {
        i++;
      } else if (isOdd(unit)) {
        odd++;
      }
    }
    return odd;
  }

  int asciiUnits(int from) {
    int ascii = 0;
    for (int i = from; i < count(); i++) {
      ascii += at(i) < 0x80 ? 1 : 0;
    }
    return ascii;
  }

  private boolean isLow(int unit) {
    return Character.isLowSurrogate(at(unit));
  }

  private static boolean isOdd(char unit) {
    if (unit < 0x20) {
      return unit != '\t' && unit != '\n' && unit != '\r' && unit != '\f' && unit != 0x1b;
    }
    return unit == 0x7f
        || Character.isSurrogate(unit)
        || (unit >= 0xe000 && unit < 0xf900)
        || unit >= 0xfffe;
  }
}
