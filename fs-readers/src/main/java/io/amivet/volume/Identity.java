package io.amivet.volume;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * What a recognised volume says of itself.
 *
 * @param type what {@code blkid} calls it
 * @param label empty if none
 * @param uuid in blkid's form; empty if none
 * @param detail more for a person, such as a cipher; empty if none
 */
record Identity(String type, String label, String uuid, String detail) {

  /** Text up to the first NUL, without the spaces that pad it. */
  static String text(byte[] field) {
    return text(field, StandardCharsets.UTF_8);
  }

  static String text(byte[] field, Charset charset) {
    String all = new String(field, charset);
    int end = all.indexOf('\0');
    return (end < 0 ? all : all.substring(0, end)).strip();
  }
}
