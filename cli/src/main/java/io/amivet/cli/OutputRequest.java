package io.amivet.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * One {@code -o FORMAT[=FILE]}.
 *
 * @param file name of the file, in which {@value #TARGET} stands for the target; null for standard
 *     output
 */
record OutputRequest(String format, @Nullable String file) {
  static final String TARGET = "{target}";

  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]+");

  /** Reads the option's value; {@code -} as FILE means standard output. */
  static final class Converter implements ITypeConverter<OutputRequest> {
    @Override
    public OutputRequest convert(String text) {
      int equals = text.indexOf('=');
      String format = equals < 0 ? text : text.substring(0, equals);
      String file = equals < 0 ? "-" : text.substring(equals + 1);
      if (format.isEmpty() || file.isEmpty()) {
        throw new TypeConversionException("'" + text + "' is not FORMAT or FORMAT=FILE");
      }
      return new OutputRequest(format.toLowerCase(Locale.ROOT), file.equals("-") ? null : file);
    }
  }

  /** The file for one target; null for standard output. */
  @Nullable Path fileFor(String target) {
    return file == null
        ? null
        : Path.of(file.replace(TARGET, UNSAFE.matcher(target).replaceAll("_")));
  }
}
