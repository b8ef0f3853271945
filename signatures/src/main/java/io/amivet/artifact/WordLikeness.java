package io.amivet.artifact;

/**
 * Tells text made of words from random characters by its pairs of letters: {@code th} is frequent
 * in words, {@code qz} is not, and in random text both are equally so.
 *
 * <p>The table was counted over 17,600 words of manuals and program sources. A digit says how many
 * times more often (6 is as often; each step doubles, 0 is 1/64 or less) a letter follows another
 * than chance would have it.
 */
final class WordLikeness {
  private static final int AS_CHANCE = '6';
  private static final String[] FOLLOWERS = {
    "36763453615868061878553452",
    "75558453753854740775742352",
    "83547428617644841657622241",
    "75569543833644743665634240",
    "64775552413768454887354642",
    "73557842802744841766712250",
    "74549457712657751775622335",
    "83349333814555831656623250",
    "66766560213669751677260405",
    "84668533723565864374736030",
    "73459465824556753575625241",
    "83468431813744840366642262",
    "86448331804564782364650230",
    "73777583724435642378553142",
    "45664552534778660866756332",
    "82548336604744762867613251",
    "33244400400755000574950020",
    "84669452804565751677542161",
    "63748447704644664478634152",
    "73548437813543750876524363",
    "66656551613778460878221323",
    "83639342801444640455225232",
    "84658357803546741774423020",
    "64758515702574583478333650",
    "75646351612777680687445455",
    "85439435823654652454433055",
  };

  private static final int MIN_PAIRS = 6;
  private static final int MANY_PAIRS = 14;
  private static final double FEW_BITS = 0.8;
  private static final double MANY_BITS = 0.35;

  private WordLikeness() {}

  /**
   * Whether the letters of {@code text} follow each other as in words. Of random characters, fewer
   * than one text in 200 passes for words at 16 characters, fewer than one in 1,000 from 24 on.
   * Texts with fewer than six pairs of letters are not judged: false.
   */
  static boolean isWords(String text) {
    int pairs = 0;
    int steps = 0;
    for (int i = 1; i < text.length(); i++) {
      int first = letter(text.charAt(i - 1));
      int second = letter(text.charAt(i));
      if (first >= 0 && second >= 0) {
        pairs++;
        steps += FOLLOWERS[first].charAt(second) - AS_CHANCE;
      }
    }
    return pairs >= MIN_PAIRS && steps >= pairs * (pairs >= MANY_PAIRS ? MANY_BITS : FEW_BITS);
  }

  private static int letter(char c) {
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'z' && c < 0x80 ? lower - 'a' : -1;
  }
}
