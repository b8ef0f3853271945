package io.amivet.artifact;

/**
 * Where in a file something stands.
 *
 * @param offset bytes from the start of the file, -1 where unknown
 * @param line counts from 1, 0 where lines mean nothing
 */
public record Place(long offset, int line) {}
