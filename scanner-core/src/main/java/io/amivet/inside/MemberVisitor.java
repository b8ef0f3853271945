package io.amivet.inside;

import java.io.IOException;
import java.io.InputStream;

/**
 * Receives what a format finds in a file. Its methods throw when a limit is reached; a format lets
 * that pass through.
 */
public interface MemberVisitor {

  /**
   * A regular file in an archive.
   *
   * @param contents read until here returns, wholly or not; not closed
   */
  void member(Member member, InputStream contents) throws IOException;

  /**
   * The contents of the whole file in other clothes: what a compressed stream decompresses to, the
   * payload of a package. An archive in there counts as if the file itself were that archive.
   *
   * @param name what a tool that unpacks it would call it
   */
  void contents(String name, InputStream contents) throws IOException;

  /**
   * Something that is there and cannot be searched: an encrypted member, an unknown method.
   *
   * @param name as of {@link Member#name}; empty for the file as a whole
   * @param reason one clause, such as {@code encrypted}
   */
  void notSearched(String name, String reason) throws IOException;
}
