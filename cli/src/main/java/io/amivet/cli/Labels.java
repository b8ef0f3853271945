package io.amivet.cli;

import io.amivet.rule.Profile;
import io.amivet.rule.Severity;
import io.amivet.scan.Depth;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Words on the command line that stand for constants, in the spelling of the reports. */
final class Labels {
  private Labels() {}

  static final class ProfileLabel implements ITypeConverter<Profile>, Iterable<String> {
    @Override
    public Profile convert(String text) {
      return find(text, Profile.values(), Profile::label);
    }

    @Override
    public Iterator<String> iterator() {
      return Stream.of(Profile.values()).map(Profile::label).iterator();
    }
  }

  static final class SeverityLabel implements ITypeConverter<Severity>, Iterable<String> {
    @Override
    public Severity convert(String text) {
      return find(text, Severity.values(), Severity::label);
    }

    @Override
    public Iterator<String> iterator() {
      return Stream.of(Severity.values()).map(Severity::label).iterator();
    }
  }

  static final class EngineLabel implements ITypeConverter<EngineChoice>, Iterable<String> {
    @Override
    public EngineChoice convert(String text) {
      return find(text, EngineChoice.values(), EngineChoice::label);
    }

    @Override
    public Iterator<String> iterator() {
      return Stream.of(EngineChoice.values()).map(EngineChoice::label).iterator();
    }
  }

  static final class DepthLabel implements ITypeConverter<Depth>, Iterable<String> {
    @Override
    public Depth convert(String text) {
      return find(text, Depth.values(), Depth::label);
    }

    @Override
    public Iterator<String> iterator() {
      return Stream.of(Depth.values()).map(Depth::label).iterator();
    }
  }

  private static <T> T find(String text, T[] values, Function<T, String> label) {
    String wanted = text.toLowerCase(Locale.ROOT);
    Optional<T> found =
        Arrays.stream(values).filter(value -> label.apply(value).equals(wanted)).findFirst();
    return found.orElseThrow(() ->
        new TypeConversionException(
            String.format(
                Locale.ROOT,
                "expected one of %s but was '%s'",
                Arrays.stream(values).map(label).collect(Collectors.joining(", ")),
                text)));
  }
}
