package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One command line through all real parts, as the process would run it, with what it wrote. */
record WholeRun(int code, String out, String err) {

  static WholeRun of(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    StdStreams streams = streams(out, err);
    int code = new CommandTree(Main.wiring(streams), streams).run(args);
    return new WholeRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** {@code scan} with these arguments, its report as JSON in {@link #out}. */
  static WholeRun scan(String... args) {
    List<String> line = new ArrayList<>(List.of("scan", "--quiet", "-o", "json"));
    line.addAll(List.of(args));
    return of(line.toArray(String[]::new));
  }

  /**
   * The JSON report on standard output, which nothing was said beside, and which the schema knows.
   */
  JsonNode report() throws IOException {
    assertThat(err).isEmpty();
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(
                    Files.readString(Path.of("../docs/report-schema.json")), InputFormat.JSON)
                .validate(out, InputFormat.JSON))
        .isEmpty();
    return new ObjectMapper().readTree(out);
  }

  static StdStreams streams(ByteArrayOutputStream out, ByteArrayOutputStream err) {
    PrintStream messages = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new StdStreams(out, messages, false, false, new ExitCleanup());
  }
}
