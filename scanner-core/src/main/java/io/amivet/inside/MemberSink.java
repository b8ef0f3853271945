package io.amivet.inside;

import java.io.IOException;
import java.io.InputStream;

/**
 * Who judges what {@link Inside} finds. Called by one thread; what it throws unchecked is passed on
 * as it is.
 */
public interface MemberSink {

  /** An archive begins: what comes until the matching {@link #leave} is in it. */
  void enter(MemberPath archive);

  /** The archive that was entered last is over, wholly read or not. */
  void leave();

  /**
   * A file that is no archive itself.
   *
   * @param path from the file of the image on
   * @param member its facts; {@code name} cleaned: relative, no empty names, no {@code .} or {@code
   *     ..}
   * @param contents to be read, wholly if it is to be searched; reading throws what is wrong with
   *     the archive
   */
  void file(MemberPath path, Member member, InputStream contents) throws IOException;

  /**
   * What is in a compressed file that holds no archive.
   *
   * @param path that of the compressed file, with the name of what is in it
   * @param member the facts of the compressed file; {@code name} as a tool that unpacks it would
   *     call it, in the folder of the compressed file
   */
  void decompressed(MemberPath path, Member member, InputStream contents) throws IOException;

  /** Something was not searched, wholly or in part. */
  void notSearched(MemberPath path, String reason);
}
