package io.amivet.inside;

import io.amivet.block.MemoryDevice;
import io.amivet.inside.registry.Formats;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads everything, and keeps the first bytes of it. */
public class RecordingSink implements MemberSink {
  /** The start of each file by its path, as Latin-1. */
  public final Map<String, String> files = new LinkedHashMap<>();

  final Map<String, Member> facts = new LinkedHashMap<>();
  public final List<String> skips = new ArrayList<>();
  final List<String> archives = new ArrayList<>();
  long bytes;

  public static RecordingSink search(byte[] file, String name) {
    return search(file, name, InsideLimits.STANDARD);
  }

  static RecordingSink search(byte[] file, String name, InsideLimits limits) {
    RecordingSink sink = new RecordingSink();
    new Inside(Formats.all(), limits)
        .search(Member.named("/srv/" + name), Head.of(file), new MemoryDevice(name, file), sink);
    return sink;
  }

  @Override
  public void enter(MemberPath archive) {
    archives.add(archive.latin1());
  }

  @Override
  public void leave() {}

  @Override
  public void file(MemberPath path, Member member, InputStream contents) throws IOException {
    facts.put(path.latin1(), member);
    String start = new String(contents.readNBytes(1000), StandardCharsets.ISO_8859_1);
    files.put(path.latin1(), start);
    bytes += start.length();
    byte[] buffer = new byte[64 << 10];
    for (int count = contents.read(buffer); count > 0; count = contents.read(buffer)) {
      bytes += count;
    }
  }

  @Override
  public void decompressed(MemberPath path, Member member, InputStream contents)
      throws IOException {
    file(path, member, contents);
  }

  @Override
  public void notSearched(MemberPath path, String reason) {
    skips.add(path.latin1() + ": " + reason);
  }
}
