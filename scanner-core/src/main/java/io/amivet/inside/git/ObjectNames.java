package io.amivet.inside.git;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Under which path, and in which commit, an object lies, as the trees and commits say that were
 * added. An object of several paths has the first that was met. Objects are known by the first
 * eight bytes of their ids, since names are for people and for choosing rules, not proof.
 */
final class ObjectNames {
  private static final int MAX_CHILDREN = 2_000_000;
  private static final int MAX_NAMES = 500_000;
  private static final int MAX_COMMITS = 500_000;
  private static final int MAX_NAME_BYTES = 255;
  private static final int MAX_DEPTH = 64;
  private static final String TREE_LINE = "tree ";

  /** The place of a child, in the order of arrival: its parent tree and its name there. */
  private final LongTable places = new LongTable();

  private long[] parents = new long[64];
  private int[] names = new int[64];

  private final Map<String, Integer> nameNumbers = new HashMap<>();
  private String[] nameTexts = new String[64];

  private final LongTable commitOfRoot = new LongTable();
  private long[] commits = new long[64];

  /**
   * Where an object lies.
   *
   * @param path relative to the top, Latin-1 text; of the part that is known
   * @param commit the first 16 digits of the id of a commit that has it; empty if none is known
   */
  record Place(String path, String commit) {}

  /** Notes the entries of a tree: {@code mode SP name NUL id}, repeated. */
  void addTree(ObjectId tree, byte[] contents, ObjectFormat format) {
    int at = 0;
    while (at < contents.length && places.size() < MAX_CHILDREN) {
      int space = indexOf(contents, (byte) ' ', at);
      int end = space < 0 ? -1 : indexOf(contents, (byte) 0, space + 1);
      if (end < 0 || end - space > MAX_NAME_BYTES || end + 1 + format.idBytes() > contents.length) {
        return;
      }
      String name = new String(contents, space + 1, end - space - 1, StandardCharsets.ISO_8859_1);
      addChild(ObjectId.at(contents, end + 1, format).prefix(), tree.prefix(), name);
      at = end + 1 + format.idBytes();
    }
  }

  private void addChild(long child, long parent, String name) {
    Integer number = nameNumbers.get(name);
    if (number == null) {
      if (nameNumbers.size() == MAX_NAMES) {
        return;
      }
      number = nameNumbers.size();
      nameNumbers.put(name, number);
      if (number == nameTexts.length) {
        nameTexts = Arrays.copyOf(nameTexts, 2 * number);
      }
      nameTexts[number] = name;
    }
    int place = places.size();
    if (places.putIfAbsent(child, place)) {
      if (place == parents.length) {
        parents = Arrays.copyOf(parents, 2 * place);
        names = Arrays.copyOf(names, 2 * place);
      }
      parents[place] = parent;
      names[place] = number;
    }
  }

  /** Notes which tree is the top of a commit. */
  void addCommit(ObjectId commit, byte[] contents) {
    int end = Math.min(contents.length, 128);
    String start = new String(contents, 0, end, StandardCharsets.ISO_8859_1);
    if (!start.startsWith(TREE_LINE) || start.length() < TREE_LINE.length() + 16) {
      return;
    }
    String digits = start.substring(TREE_LINE.length(), TREE_LINE.length() + 16);
    int number = commitOfRoot.size();
    if (!digits.matches("[0-9a-f]{16}") || number == MAX_COMMITS) {
      return;
    }
    if (commitOfRoot.putIfAbsent(Long.parseUnsignedLong(digits, 16), number)) {
      if (number == commits.length) {
        commits = Arrays.copyOf(commits, 2 * number);
      }
      commits[number] = commit.prefix();
    }
  }

  /** Empty if no tree names the object. */
  Optional<Place> of(ObjectId object) {
    Deque<String> path = new ArrayDeque<>();
    long at = object.prefix();
    int place = places.get(at);
    while (place != LongTable.ABSENT && path.size() < MAX_DEPTH) {
      path.addFirst(nameTexts[names[place]]);
      at = parents[place];
      // A tree may be the top of one commit and lie deeper in another: the shorter path will do.
      place = commitOfRoot.get(at) == LongTable.ABSENT ? places.get(at) : LongTable.ABSENT;
    }
    if (path.isEmpty()) {
      return Optional.empty();
    }
    int commit = commitOfRoot.get(at);
    return Optional.of(
        new Place(
            String.join("/", path),
            commit == LongTable.ABSENT ? "" : HexFormat.of().toHexDigits(commits[commit])));
  }

  private static int indexOf(byte[] bytes, byte wanted, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
