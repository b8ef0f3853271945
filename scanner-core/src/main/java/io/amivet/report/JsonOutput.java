package io.amivet.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Generators of JSON in plain ASCII: whatever names an image holds, the output is safe on a
 * terminal and cannot be reordered by characters that turn the direction of writing.
 */
final class JsonOutput {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  private JsonOutput() {}

  static JsonGenerator pretty(OutputStream out) throws IOException {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    JsonGenerator json = FACTORY.createGenerator(out);
    json.setPrettyPrinter(
        new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
    return json;
  }

  /** One line for each root value. */
  static JsonGenerator lines(OutputStream out) throws IOException {
    JsonGenerator json = FACTORY.createGenerator(out);
    json.setRootValueSeparator(new SerializedString("\n"));
    return json;
  }
}
