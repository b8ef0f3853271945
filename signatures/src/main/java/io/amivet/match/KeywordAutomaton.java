package io.amivet.match;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * Finds all keywords in one pass: the automaton of Aho and Corasick ("Efficient string matching",
 * 1975) with its failure links resolved into a dense table. Bytes are grouped into classes, ASCII
 * letters without regard to case, so that the table stays in the first caches.
 */
final class KeywordAutomaton {

  /** Told of each keyword, in order of where they end. */
  interface Sink {
    void found(int keyword, int endIndex);
  }

  /** Class of each byte; 0 for bytes of no keyword. */
  private final byte[] classOf = new byte[256];

  private final int classes;

  /** Next state by {@code state + class}; states are multiples of {@link #classes}. */
  private final int[] next;

  /** Keywords that end in a state, by state number. */
  private final int[][] outputs;

  /** States from here on have outputs. */
  private final int firstAccepting;

  KeywordAutomaton(List<String> keywords) {
    int count = 1;
    for (String keyword : keywords) {
      for (byte b : bytes(keyword)) {
        if (classOf[b & 0xff] == 0) {
          classOf[b & 0xff] = (byte) count++;
        }
      }
    }
    for (int upper = 'A'; upper <= 'Z'; upper++) {
      classOf[upper] = classOf[upper + ('a' - 'A')];
    }
    this.classes = count;
    Trie trie = new Trie(classes);
    for (int i = 0; i < keywords.size(); i++) {
      trie.add(bytes(keywords.get(i)), classOf, i);
    }
    trie.resolveFailures();
    int[] order = trie.acceptingLast();
    this.outputs = new int[order.length][];
    this.next = new int[order.length * classes];
    int[] position = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      position[order[i]] = i;
    }
    int plain = 0;
    for (int i = 0; i < order.length; i++) {
      outputs[i] = trie.outputs(order[i]);
      plain += outputs[i].length == 0 ? 1 : 0;
      for (int c = 0; c < classes; c++) {
        next[i * classes + c] = position[trie.next(order[i], c)] * classes;
      }
    }
    this.firstAccepting = plain * classes;
  }

  private static byte[] bytes(String keyword) {
    return keyword.toLowerCase(Locale.ROOT).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  /** The state to start a file with. */
  static int start() {
    return 0;
  }

  /** Runs over {@code bytes[from, to)} and returns the state to go on with. */
  int scan(byte[] bytes, int from, int to, int startState, Sink sink) {
    int state = startState;
    int accepting = firstAccepting;
    for (int i = from; i < to; i++) {
      state = next[state + classOf[bytes[i] & 0xff]];
      if (state >= accepting) {
        for (int keyword : outputs[state / classes]) {
          sink.found(keyword, i + 1);
        }
      }
    }
    return state;
  }

  /** The tree of keywords under construction; state 0 is its root. */
  private static final class Trie {
    private final int classes;
    private final List<int[]> edges = new ArrayList<>();
    private final List<int[]> outputs = new ArrayList<>();

    Trie(int classes) {
      this.classes = classes;
      newState();
    }

    private int newState() {
      int[] none = new int[classes];
      Arrays.fill(none, -1);
      edges.add(none);
      outputs.add(new int[0]);
      return edges.size() - 1;
    }

    void add(byte[] keyword, byte[] classOf, int id) {
      int state = 0;
      for (byte b : keyword) {
        int c = classOf[b & 0xff];
        if (edges.get(state)[c] < 0) {
          edges.get(state)[c] = newState();
        }
        state = edges.get(state)[c];
      }
      outputs.set(state, append(outputs.get(state), new int[] {id}));
    }

    /** In order of depth, so that a state's failure is always resolved before the state. */
    void resolveFailures() {
      int[] failure = new int[edges.size()];
      Deque<Integer> queue = new ArrayDeque<>();
      queue.add(0);
      while (!queue.isEmpty()) {
        int state = queue.remove();
        for (int c = 0; c < classes; c++) {
          int child = edges.get(state)[c];
          int fallback = state == 0 ? 0 : edges.get(failure[state])[c];
          if (child < 0) {
            edges.get(state)[c] = fallback;
          } else {
            failure[child] = fallback;
            outputs.set(child, append(outputs.get(child), outputs.get(fallback)));
            queue.add(child);
          }
        }
      }
    }

    int[] acceptingLast() {
      int[] order = new int[edges.size()];
      int filled = 0;
      for (int accepting = 0; accepting <= 1; accepting++) {
        for (int state = 0; state < order.length; state++) {
          if ((outputs.get(state).length > 0) == (accepting == 1)) {
            order[filled++] = state;
          }
        }
      }
      return order;
    }

    int[] outputs(int state) {
      return outputs.get(state);
    }

    int next(int state, int c) {
      return edges.get(state)[c];
    }

    private static int[] append(int[] some, int[] more) {
      int[] all = Arrays.copyOf(some, some.length + more.length);
      System.arraycopy(more, 0, all, some.length, more.length);
      return all;
    }
  }
}
