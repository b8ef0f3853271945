package io.amivet.rule;

import io.amivet.rule.YamlNode.Entry;
import io.amivet.rule.YamlNode.Mapping;
import io.amivet.rule.YamlNode.Place;
import io.amivet.rule.YamlNode.Scalar;
import io.amivet.rule.YamlNode.Sequence;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rule packs as the build leaves them in the jar: verified, without samples, as trees whose
 * texts are shared. Reading text costs a short scan a third of its time; reading this, next to
 * nothing.
 *
 * <p>All integers are big-endian, 32 bits wide:
 *
 * <pre>
 *   magic       "AMVR"
 *   digest      32 bytes, SHA-256 over the sources of all packs, in order
 *   texts       their number, the length of each in chars, the bytes of all, all in UTF-8
 *   packs       their number, and for each its name (number of a text) and its tree
 *
 *   tree        0, number of a text
 *               1, number of items, so many trees
 *               2, number of entries, so many pairs of (number of a text, tree)
 * </pre>
 *
 * @param digest SHA-256 over the sources of all packs
 * @param packs tree by name of the pack, in order; places are lost
 */
record CompiledPacks(byte[] digest, Map<String, YamlNode> packs) {
  private static final int MAGIC = 0x414d5652;
  private static final int DIGEST_BYTES = 32;
  private static final int SCALAR = 0;
  private static final int SEQUENCE = 1;
  private static final int MAPPING = 2;

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it is something else, or cut off
   */
  static CompiledPacks read(byte[] bytes) throws IOException {
    try {
      return new Reader(ByteBuffer.wrap(bytes)).read();
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new IOException("the compiled rule packs are damaged", e);
    }
  }

  void write(OutputStream out) throws IOException {
    new Writer(new DataOutputStream(out)).write(this);
  }

  private static final class Reader {
    private final ByteBuffer in;
    private String[] texts = {};

    Reader(ByteBuffer in) {
      this.in = in;
    }

    CompiledPacks read() throws IOException {
      if (in.getInt() != MAGIC) {
        throw new IOException("not compiled rule packs");
      }
      byte[] digest = new byte[DIGEST_BYTES];
      in.get(digest);
      texts = texts();
      int count = in.getInt();
      Map<String, YamlNode> packs = new LinkedHashMap<>();
      for (int i = 0; i < count; i++) {
        packs.put(texts[in.getInt()], node());
      }
      return new CompiledPacks(digest, packs);
    }

    private String[] texts() {
      int[] lengths = new int[size()];
      for (int i = 0; i < lengths.length; i++) {
        lengths[i] = in.getInt();
      }
      byte[] utf8 = new byte[size()];
      in.get(utf8);
      String all = new String(utf8, StandardCharsets.UTF_8);
      String[] read = new String[lengths.length];
      int at = 0;
      for (int i = 0; i < read.length; i++) {
        read[i] = all.substring(at, at + lengths[i]);
        at += lengths[i];
      }
      return read;
    }

    /** A count of things that take at least a byte each. */
    private int size() {
      int size = in.getInt();
      if (size < 0 || size > in.remaining()) {
        throw new IllegalArgumentException("more than there are bytes: " + size);
      }
      return size;
    }

    private YamlNode node() {
      int kind = in.getInt();
      return switch (kind) {
        case SCALAR -> scalar();
        case SEQUENCE -> {
          List<YamlNode> items = new ArrayList<>();
          for (int left = size(); left > 0; left--) {
            items.add(node());
          }
          yield new Sequence(Place.START, items);
        }
        case MAPPING -> {
          List<Entry> entries = new ArrayList<>();
          for (int left = size(); left > 0; left--) {
            entries.add(new Entry(scalar(), node()));
          }
          yield new Mapping(Place.START, entries);
        }
        default -> throw new IllegalArgumentException("no such kind of node: " + kind);
      };
    }

    private Scalar scalar() {
      return new Scalar(Place.START, texts[in.getInt()]);
    }
  }

  private static final class Writer {
    private final DataOutputStream out;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    Writer(DataOutputStream out) {
      this.out = out;
    }

    void write(CompiledPacks compiled) throws IOException {
      out.writeInt(MAGIC);
      out.write(compiled.digest());
      compiled
          .packs()
          .forEach((name, tree) -> {
            number(name);
            collect(tree);
          });
      writeTexts();
      out.writeInt(compiled.packs().size());
      for (var pack : compiled.packs().entrySet()) {
        out.writeInt(number(pack.getKey()));
        write(pack.getValue());
      }
      out.flush();
    }

    private int number(String text) {
      return numbers.computeIfAbsent(text, _ -> numbers.size());
    }

    private void collect(YamlNode node) {
      switch (node) {
        case Scalar scalar -> number(scalar.text());
        case Sequence sequence -> sequence.items().forEach(this::collect);
        case Mapping mapping -> {
          for (Entry entry : mapping.entries()) {
            number(entry.key().text());
            collect(entry.value());
          }
        }
      }
    }

    private void writeTexts() throws IOException {
      out.writeInt(numbers.size());
      for (String text : numbers.keySet()) {
        out.writeInt(text.length());
      }
      byte[] utf8 = String.join("", numbers.keySet()).getBytes(StandardCharsets.UTF_8);
      out.writeInt(utf8.length);
      out.write(utf8);
    }

    private void write(YamlNode node) throws IOException {
      switch (node) {
        case Scalar scalar -> {
          out.writeInt(SCALAR);
          out.writeInt(number(scalar.text()));
        }
        case Sequence sequence -> {
          out.writeInt(SEQUENCE);
          out.writeInt(sequence.items().size());
          for (YamlNode item : sequence.items()) {
            write(item);
          }
        }
        case Mapping mapping -> {
          out.writeInt(MAPPING);
          out.writeInt(mapping.entries().size());
          for (Entry entry : mapping.entries()) {
            out.writeInt(number(entry.key().text()));
            write(entry.value());
          }
        }
      }
    }
  }
}
