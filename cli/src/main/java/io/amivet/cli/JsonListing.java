package io.amivet.cli;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.amivet.fs.FsPath;
import io.amivet.fs.Inode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.LongUnaryOperator;

/**
 * One JSON object a line. ASCII only, so that a terminal that shows it is as safe as a program that
 * parses it.
 */
final class JsonListing implements ListingWriter {
  private static final DateTimeFormatter NANOSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final OutputStream out;
  private final JsonGenerator json;
  private LongUnaryOperator shownNumber = LongUnaryOperator.identity();

  JsonListing(OutputStream out) throws IOException {
    this.out = out;
    json =
        JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .build()
            .createGenerator(out, JsonEncoding.UTF8);
    json.setRootValueSeparator(new SerializedString(""));
  }

  @Override
  public void volume(OpenVolume volume) {
    shownNumber = volume.fs()::shownInodeNumber;
  }

  @Override
  public void line(Line line) throws IOException {
    Inode inode = line.entry().inode();
    json.writeStartObject();
    json.writeNumberField("volume", line.volume());
    writePath(line.entry().path());
    json.writeStringField("type", inode.type().label());
    json.writeNumberField("size", inode.sizeBytes());
    json.writeStringField("mode", String.format(Locale.ROOT, "%04o", inode.mode()));
    json.writeNumberField("uid", inode.uid());
    json.writeNumberField("gid", inode.gid());
    json.writeNumberField("nlink", inode.linkCount());
    json.writeNumberField("inode", shownNumber.applyAsLong(inode.number()));
    json.writeStringField("mtime", time(inode.modified()));
    if (line.target().length > 0) {
      json.writeStringField("target", new String(line.target(), StandardCharsets.UTF_8));
    }
    if (line.sha256().length > 0) {
      json.writeStringField("sha256", HexFormat.of().formatHex(line.sha256()));
    }
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private void writePath(FsPath path) throws IOException {
    json.writeStringField("path", path.toString());
    if (path.utf8().isEmpty()) {
      json.writeStringField("pathBase64", Base64.getEncoder().encodeToString(path.toBytes()));
    }
  }

  static String time(Instant instant) {
    return NANOSECONDS.format(instant);
  }

  @Override
  public void finish() throws IOException {
    json.flush();
    out.flush();
  }
}
