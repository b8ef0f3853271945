import io.amivet.regex.ByteExpression;
import io.amivet.regex.RegexSearch;
import io.amivet.rule.Rule;
import io.amivet.rule.RulePacks;
import java.util.List;
import java.util.Locale;

/** Prints what the Vectorscan engine looks for, a line each, for other tools to look for as well. */
final class PrintPatterns {
  public static void main(String[] args) {
    for (Rule rule : RulePacks.builtIn().rules()) {
      if (rule.condition() instanceof Rule.Condition.Content content) {
        List<String> keywords =
            content.keywords().stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
        RegexSearch.ofJava(content.regex()).stream()
            .flatMap(search -> search.byteExpressions(keywords).stream())
            .map(ByteExpression::text)
            .forEach(System.out::println);
      }
    }
  }
}
