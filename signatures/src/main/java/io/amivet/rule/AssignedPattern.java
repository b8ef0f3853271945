package io.amivet.rule;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The expression of a secret that only its surroundings tell: a value of a known form, assigned to
 * a name that holds the vendor's. {@code TWILIO_AUTH_TOKEN=…}, {@code "twilio": {"authToken":
 * "…"}}, {@code <add key="TwilioToken" value="…"/>}, {@code define('TWILIO_TOKEN', '…')}, {@code
 * ENV TWILIO_TOKEN …}, {@code --twilio-token …}, {@code ?twilio_token=…} and their like are one
 * rule.
 *
 * @param names of the vendor, as words joined by {@code _}: {@code new_relic} stands for {@code
 *     newrelic}, {@code NEW-RELIC}, {@code new.relic} and {@code New Relic}
 * @param words of which one must end the name, before a suffix such as {@code _PROD}; none if the
 *     vendor's name is enough
 * @param value the expression of the value
 */
record AssignedPattern(List<String> names, List<String> words, String value) {
  static final Pattern NAME = Pattern.compile("[a-z0-9]{1,30}(?:_[a-z0-9]{1,30}){0,4}");
  static final Pattern WORD = Pattern.compile("[a-z0-9]{2,20}(?:_[a-z0-9]{1,20}){0,3}");

  /** What vendors call their secrets. */
  static final List<String> DEFAULT_WORDS =
      List.of(
          "key",
          "token",
          "secret",
          "password",
          "passwd",
          "passphrase",
          "auth",
          "pat",
          "credential");

  static final int MIN_KEYWORD_CHARS = 3;

  /** What often stands between the vendor's name and the word. */
  private static final List<String> QUALIFIERS =
      List.of("api", "app", "access", "client", "account", "global", "admin", "user", "master");

  /** Names of this length are looked for with what comes next. */
  private static final int ACRONYM_CHARS = 3;

  /** What ends a name that is a section, a key or the first part of a longer name. */
  private static final List<String> ENDS_OF_NAME =
      List.of("_", "-", ":", "=", "]", "\"", "'", " {", " =", " :");

  private static final int SHORT_NAME_CHARS = 5;
  private static final String SEPARATOR = "[_. -]?";

  /** Between the vendor's name and the word, within one name. */
  private static final String SAME_NAME = "[\\w.-]{0,30}?";

  /** The vendor's name is a section, table or object; the word stands on one of its first lines. */
  private static final String SECTION =
      "[\"'\\]\\w.-]{0,16}[ \\t]{0,3}[:=]?[ \\t]{0,3}\\{?[ \\t]{0,4}"
          + "(?:\\r?\\n(?:[^\\r\\n]{0,80}\\r?\\n){0,3}?)?[ \\t\"'<\\w.-]{0,40}?";

  private static final String SUFFIX =
      "(?i:[_.-]?(?:value|prod|production|live|dev|staging|main|primary|[0-9]{1,2}))?";

  /** {@code =}, {@code :}, {@code =>}, {@code :=}, {@code ,}, {@code >}, after a type or none. */
  private static final String OPERATOR =
      "[\"'\\])\\\\]{0,4}[ \\t]{0,8}(?::[ \\t]{0,2}&?[A-Za-z]{2,10}\\??[ \\t]{0,2})?"
          + "(?:=>|:=|\\?=|\\|\\||==|[:=,>])[ \\t]{0,8}(?:[|>][-+]?[ \\t]{0,2})?\\s{0,8}";

  /** Name and value are attributes, members or elements side by side. */
  private static final String BESIDE =
      "[\"'>]{0,3}(?:</[A-Za-z]{1,12}>)?,?\\s{1,24}[\"'<\\\\]{0,2}(?i:value|default|string|content)"
          + "[\"'>\\\\]{0,2}[ \\t]{0,3}[:=]?[ \\t]{0,3}";

  /** A word of a command line or of a Dockerfile. */
  private static final String BLANK = "[\"']?[ \\t]{1,4}";

  private static final String QUOTE = "(?:[bru@]?[\"'`\\\\]{1,3})?(?i:(?:bearer|basic|token)[ ])?";

  AssignedPattern {
    names = List.copyOf(names);
    words = List.copyOf(words);
  }

  String regex() {
    String name = names.stream().map(this::spelled).collect(Collectors.joining("|", "(?i:", ")"));
    boolean isShort = names.stream().anyMatch(one -> one.length() <= SHORT_NAME_CHARS);
    String reach =
        words.isEmpty() ? SAME_NAME : "(?:" + SAME_NAME + "|" + SECTION + ")" + anyWord() + SUFFIX;
    return (isShort ? "(?<![A-Za-z])" : "")
        + name
        + reach
        + "(?:"
        + OPERATOR
        + "|"
        + BESIDE
        + "|"
        + BLANK
        + ")"
        + QUOTE
        + TokenPattern.secret(value);
  }

  private String spelled(String name) {
    if (name.length() < MIN_KEYWORD_CHARS) {
      return name + "(?=[_.-](?:" + String.join("|", nextWords()) + "))";
    }
    if (name.length() == ACRONYM_CHARS) {
      return name + "(?=[_:=\\]\"'-]|[ ][{=:]|[.]?(?:" + String.join("|", nextWords()) + "))";
    }
    return name.replace("_", SEPARATOR);
  }

  private String anyWord() {
    return words.stream()
        .map(one -> one.replace("_", SEPARATOR))
        .collect(Collectors.joining("|", "(?i:", ")"));
  }

  /** The names as they may be written: what an engine looks for first. */
  List<String> keywords() {
    List<String> keywords = new ArrayList<>();
    for (String name : names) {
      if (name.contains("_")) {
        for (String separator : List.of("_", "-", ".", " ", "")) {
          keywords.add(name.replace("_", separator));
        }
      } else if (name.length() < MIN_KEYWORD_CHARS) {
        keywords.addAll(withWords(name));
      } else if (name.length() == ACRONYM_CHARS) {
        ENDS_OF_NAME.forEach(end -> keywords.add(name + end));
        nextWords().forEach(word -> keywords.add(name + word));
        nextWords().forEach(word -> keywords.add(name + "." + word));
      } else {
        keywords.add(name);
      }
    }
    return List.copyOf(keywords);
  }

  /** {@code dd} alone is everywhere, {@code dd_api} and {@code dd-key} are not. */
  private List<String> withWords(String shortName) {
    List<String> keywords = new ArrayList<>();
    for (String separator : List.of("_", "-", ".")) {
      nextWords().forEach(word -> keywords.add(shortName + separator + word));
    }
    return keywords;
  }

  /** What may follow a name too short to be looked for alone. */
  private Set<String> nextWords() {
    Set<String> next = new LinkedHashSet<>(QUALIFIERS);
    for (String word : words.isEmpty() ? DEFAULT_WORDS : words) {
      int end = word.indexOf('_');
      next.add(end < 0 ? word : word.substring(0, end));
    }
    return next;
  }
}
