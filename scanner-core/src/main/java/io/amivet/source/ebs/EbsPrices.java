package io.amivet.source.ebs;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Properties;

/**
 * What AWS asks for the EBS direct APIs, in US dollars. Regions differ a little: an estimate, not a
 * bill.
 *
 * @param asOf the day on which they were looked up
 * @param usdPerThousandGets for {@code GetSnapshotBlock}
 * @param usdPerThousandLists for {@code ListSnapshotBlocks} and {@code ListChangedBlocks}
 */
public record EbsPrices(LocalDate asOf, double usdPerThousandGets, double usdPerThousandLists) {
  private static final String BUILT_IN = "ebs-prices.properties";
  private static final long MAX_FILE_BYTES = 64 << 10;

  public EbsPrices {
    if (!isPrice(usdPerThousandGets) || !isPrice(usdPerThousandLists)) {
      throw new IllegalArgumentException("a price must be a number of dollars, 0 or more");
    }
  }

  private static boolean isPrice(double usd) {
    return usd >= 0 && usd < 1e6;
  }

  /** Those that amivet comes with. */
  public static EbsPrices builtIn() {
    try (InputStream file = EbsPrices.class.getResourceAsStream(BUILT_IN)) {
      if (file == null) {
        throw new IllegalStateException("no " + BUILT_IN + " beside " + EbsPrices.class);
      }
      return read(new InputStreamReader(file, StandardCharsets.UTF_8), BUILT_IN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Those of a properties file like the built-in one.
   *
   * @throws IOException if it cannot be read or is no such file; the message says what is wrong
   */
  public static EbsPrices of(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > MAX_FILE_BYTES) {
      throw new IOException(file + " is no file of prices");
    }
    try (Reader reader = Files.newBufferedReader(file)) {
      return read(reader, file.toString());
    }
  }

  private static EbsPrices read(Reader reader, String name) throws IOException {
    Properties properties = new Properties();
    try {
      properties.load(reader);
      return new EbsPrices(
          LocalDate.parse(value(properties, "asOf", name)),
          Double.parseDouble(value(properties, "usdPerThousandGets", name)),
          Double.parseDouble(value(properties, "usdPerThousandLists", name)));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IOException(name + ": " + e.getMessage(), e);
    }
  }

  private static String value(Properties properties, String key, String name) throws IOException {
    String value = properties.getProperty(key);
    if (value == null) {
      throw new IOException(name + " does not say " + key);
    }
    return value.trim();
  }

  /** In US dollars. */
  public double estimateUsd(long gets, long lists) {
    return (gets * usdPerThousandGets + lists * usdPerThousandLists) / 1000;
  }
}
