package io.amivet.artifact.history;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How one option of a program takes a secret.
 *
 * @param option as typed: {@code -p}, {@code --password=}
 * @param place whether the value is glued to it, is the next word, or may be either
 * @param part which part of the value is the secret
 * @param onlyWith a word that must be among the command's, or empty ({@code login})
 */
record OptionShape(String option, Place place, Part part, String onlyWith) {

  enum Place {
    ATTACHED,
    NEXT,
    EITHER
  }

  /** The part of an option's value that is secret. */
  enum Part {
    WHOLE("(?<before>)(?<secret>.+)"),
    /** {@code user:password}. */
    AFTER_COLON("(?<before>[^:]*:)(?<secret>.+)"),
    /** {@code user%password}. */
    AFTER_PERCENT("(?<before>[^%]*%)(?<secret>.+)"),
    /** {@code user,password}. */
    AFTER_COMMA("(?<before>[^,]*,)(?<secret>.+)"),
    /** {@code pass:password} of openssl(1). */
    PASS_SOURCE("(?<before>pass:)(?<secret>.+)"),
    /** {@code username=u,password=p} of mount(8). */
    MOUNT_OPTION("(?:.*,)?(?<before>pass(?:word)?=)(?<secret>[^,]+)(?:,.*)?"),
    /** {@code Password=p} among others, divided by semicolons or blanks. */
    CONNECTION("(?i)(?:.*[;\\s])?(?<before>(?:password|pwd)=)(?<secret>[^;\\s]+)(?:[;\\s].*)?");

    private final Pattern pattern;

    Part(String regex) {
      this.pattern = Pattern.compile(regex, Pattern.DOTALL);
    }
  }

  private static final int MAX_VALUE_CHARS = 4096;

  static OptionShape attached(String option) {
    return new OptionShape(option, Place.ATTACHED, Part.WHOLE, "");
  }

  static OptionShape next(String option) {
    return new OptionShape(option, Place.NEXT, Part.WHOLE, "");
  }

  static OptionShape either(String option) {
    return new OptionShape(option, Place.EITHER, Part.WHOLE, "");
  }

  OptionShape taking(Part secretPart) {
    return new OptionShape(option, place, secretPart, onlyWith);
  }

  OptionShape onlyWith(String word) {
    return new OptionShape(option, place, part, word);
  }

  /** The secret if the word at {@code index} of {@code command} is this option. */
  Optional<CommandSecret> at(ShellCommand command, int index, String program) {
    String word = command.word(index);
    if (place != Place.ATTACHED && word.equals(option)) {
      return take(program + " " + option + " ", command.word(index + 1));
    }
    if (place != Place.NEXT && word.length() > option.length() && word.startsWith(option)) {
      return take(program + " " + option, word.substring(option.length()));
    }
    return Optional.empty();
  }

  private Optional<CommandSecret> take(String shape, String value) {
    if (value.length() > MAX_VALUE_CHARS || (place == Place.NEXT && value.startsWith("--"))) {
      return Optional.empty();
    }
    Matcher matcher = part.pattern.matcher(value);
    if (!matcher.matches() || !SecretNames.isValue(matcher.group("secret"))) {
      return Optional.empty();
    }
    String mark = matcher.group("before");
    // What precedes a separator is a user name; it is left out, for it may be a token too.
    String shown = mark.endsWith("=") || mark.equals("pass:") ? mark : mark.isEmpty() ? "" : "…";
    String separator = shown.equals("…") ? mark.substring(mark.length() - 1) : "";
    return Optional.of(CommandSecret.of(shape + shown + separator, matcher.group("secret")));
  }
}
