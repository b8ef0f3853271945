package io.amivet.regex;

import java.util.BitSet;
import java.util.Map;
import java.util.Optional;

/** The usual sets of characters, as sets of bytes. What is not ASCII is every byte above 0x7f. */
final class ByteSets {
  private static final int BYTES = 256;

  private static final Map<String, String> POSIX =
      Map.ofEntries(
          Map.entry("alnum", "09AZaz"),
          Map.entry("alpha", "AZaz"),
          Map.entry("ascii", "\u0000\u007f"),
          Map.entry("blank", "\t\t  "),
          Map.entry("cntrl", "\u0000\u001f\u007f\u007f"),
          Map.entry("digit", "09"),
          Map.entry("graph", "!~"),
          Map.entry("lower", "az"),
          Map.entry("print", " ~"),
          Map.entry("punct", "!/:@[`{~"),
          Map.entry("space", "\t\r  "),
          Map.entry("upper", "AZ"),
          Map.entry("word", "09AZaz__"),
          Map.entry("xdigit", "09AFaf"));

  private ByteSets() {}

  /** Inclusive ranges: each two chars are a first and a last byte. */
  static BitSet ranges(String pairs) {
    BitSet set = new BitSet(BYTES);
    for (int i = 0; i < pairs.length(); i += 2) {
      set.set(pairs.charAt(i), pairs.charAt(i + 1) + 1);
    }
    return set;
  }

  static BitSet complement(BitSet set) {
    BitSet other = (BitSet) set.clone();
    other.flip(0, BYTES);
    return other;
  }

  static Optional<BitSet> posix(String name) {
    return Optional.ofNullable(POSIX.get(name)).map(ByteSets::ranges);
  }

  /** {@code \d}, {@code \w}, {@code \s} and what is not one; empty for any other letter. */
  static Optional<BitSet> perl(char letter, Dialect dialect) {
    BitSet set =
        switch (Character.toLowerCase(letter)) {
          case 'd' -> ranges("09");
          case 'w' -> ranges("09AZaz__");
          case 's' -> dialect == Dialect.GO ? ranges("\t\n\f\r  ") : ranges("\t\r  ");
          case 'h' -> ranges("\t\t  ");
          default -> new BitSet();
        };
    if (set.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(Character.isUpperCase(letter) ? complement(set) : set);
  }

  /** The ASCII members of a Unicode property; every byte above 0x7f counts as a letter. */
  static Optional<BitSet> property(String name) {
    BitSet set =
        switch (name.replaceAll("^(?:Is|gc=|sc=|Script=)", "")) {
          case "L", "Letter", "Alphabetic", "Alpha" -> withHigh("AZaz");
          case "Lu", "Uppercase_Letter", "Uppercase", "Upper" -> withHigh("AZ");
          case "Ll", "Lowercase_Letter", "Lowercase", "Lower" -> withHigh("az");
          case "N", "Number", "Nd", "Decimal_Number", "Digit" -> ranges("09");
          case "P", "Punctuation" -> ranges("!#%*,/:;?@[]__{{}}");
          case "S", "Symbol" -> ranges("$$++<>^^``||~~");
          case "Z", "Zs", "Separator", "Space_Separator" -> ranges("  ");
          case "White_Space", "Space" -> ranges("\t\r  ");
          case "C", "Other", "Cc", "Control" -> ranges("\u0000\u001f\u007f\u007f");
          case "Alnum" -> ranges("09AZaz");
          case "ASCII" -> ranges("\u0000\u007f");
          case "Any" -> ranges("\u0000\u00ff");
          case "Latin", "Han", "Cyrillic", "Greek", "M", "Mark", "Lo", "Lm", "Lt" -> withHigh("");
          default -> new BitSet();
        };
    return set.isEmpty() ? Optional.empty() : Optional.of(set);
  }

  private static BitSet withHigh(String pairs) {
    return ranges(pairs + "\u0080\u00ff");
  }

  /** Adds the other case of each ASCII letter. */
  static void foldCase(BitSet set) {
    for (int lower = 'a'; lower <= 'z'; lower++) {
      int upper = lower - ('a' - 'A');
      if (set.get(lower) || set.get(upper)) {
        set.set(lower);
        set.set(upper);
      }
    }
  }
}
