package io.amivet.block;

import java.util.List;
import java.util.function.ToLongFunction;

/** The search in pieces that lie one after the other: extents, ranges, patches. */
public final class Ascending {
  private Ascending() {}

  /**
   * Index of the first piece that ends after {@code position}: the one that holds it, or the next
   * one. The number of pieces if there is none.
   *
   * @param pieces ascending, not overlapping
   * @param end first position after a piece
   */
  public static <T> int firstEndingAfter(
      List<? extends T> pieces, ToLongFunction<T> end, long position) {
    int low = 0;
    int high = pieces.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (end.applyAsLong(pieces.get(middle)) <= position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
