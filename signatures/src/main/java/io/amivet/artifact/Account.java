package io.amivet.artifact;

/** A line of {@code /etc/passwd} (passwd(5)), without its password field. */
public record Account(String name, long uid, long gid, String gecos, String home, String shell) {}
