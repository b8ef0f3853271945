package io.amivet.block;

/**
 * Something wrong that was met and survived.
 *
 * @param code stable identifier, see {@link Fault#code()}
 * @param message one sentence for a person
 * @param imageOffset offset from the start of the image, or -1 if no single place is to blame
 */
public record Anomaly(String code, String message, long imageOffset) {}
