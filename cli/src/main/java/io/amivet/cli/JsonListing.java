package io.amivet.cli;

import io.amivet.fs.FileType;
import io.amivet.fs.FsPath;
import io.amivet.fs.Inode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongUnaryOperator;

/** One JSON object a line, in ASCII alone. */
final class JsonListing implements ListingWriter {
  private static final byte[] VOLUME = LineBuffer.ascii("{\"volume\":");
  private static final byte[] PATH = LineBuffer.ascii(",\"path\":");
  private static final byte[] PATH_BASE64 = LineBuffer.ascii(",\"pathBase64\":\"");
  private static final byte[] SIZE = LineBuffer.ascii(",\"size\":");
  private static final byte[] MODE = LineBuffer.ascii(",\"mode\":\"");
  private static final byte[] UID = LineBuffer.ascii("\",\"uid\":");
  private static final byte[] GID = LineBuffer.ascii(",\"gid\":");
  private static final byte[] NLINK = LineBuffer.ascii(",\"nlink\":");
  private static final byte[] INODE = LineBuffer.ascii(",\"inode\":");
  private static final byte[] MTIME = LineBuffer.ascii(",\"mtime\":\"");
  private static final byte[] TARGET = LineBuffer.ascii(",\"target\":");
  private static final byte[] TARGET_BASE64 = LineBuffer.ascii(",\"targetBase64\":\"");
  private static final byte[] SHA256 = LineBuffer.ascii(",\"sha256\":\"");
  private static final byte[] END = LineBuffer.ascii("}\n");

  private final OutputStream out;
  private final LineBuffer text = new LineBuffer();
  private final TimeText times = new TimeText();
  private final Map<FileType, byte[]> types = new EnumMap<>(FileType.class);
  private LongUnaryOperator shownNumber = LongUnaryOperator.identity();

  JsonListing(OutputStream out) {
    this.out = out;
    for (FileType type : FileType.values()) {
      types.put(type, LineBuffer.ascii(",\"type\":\"" + type.label() + '"'));
    }
  }

  @Override
  public void volume(OpenVolume volume) {
    shownNumber = volume.fs()::shownInodeNumber;
  }

  @Override
  public void line(Line line) throws IOException {
    Inode inode = line.entry().inode();
    text.add(VOLUME).number(line.volume());
    appendPath(text, line.entry().path());
    text.add(Objects.requireNonNull(types.get(inode.type())));
    text.add(SIZE).number(inode.sizeBytes());
    text.add(MODE).octal(inode.mode());
    text.add(UID).number(inode.uid());
    text.add(GID).number(inode.gid());
    text.add(NLINK).number(inode.linkCount());
    text.add(INODE).number(shownNumber.applyAsLong(inode.number()));
    text.add(MTIME);
    times.nanoseconds(text, inode.modified());
    text.add('"');
    if (line.target().length > 0) {
      text.add(TARGET);
      appendBytes(text, line.target(), TARGET_BASE64);
    }
    if (line.sha256().length > 0) {
      text.add(SHA256).hex(line.sha256()).add('"');
    }
    text.add(END).writeTo(out);
  }

  /** The path, and its bytes too where they are not UTF-8. */
  static void appendPath(LineBuffer text, FsPath path) {
    text.add(PATH);
    appendBytes(text, path.toBytes(), PATH_BASE64);
  }

  private static void appendBytes(LineBuffer text, byte[] bytes, byte[] base64Member) {
    int start = text.length();
    JsonText.string(text, bytes);
    boolean plain = text.length() - start == bytes.length + 2;
    if (!plain && FsPath.utf8(bytes).isEmpty()) {
      text.add(base64Member).add(Base64.getEncoder().encode(bytes)).add('"');
    }
  }

  @Override
  public void finish() throws IOException {
    out.flush();
  }
}
