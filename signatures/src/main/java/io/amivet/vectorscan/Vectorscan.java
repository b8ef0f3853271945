package io.amivet.vectorscan;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/**
 * The functions of the shared library {@code libhs}, version 5.4, as declared in {@code
 * hs_common.h}, {@code hs_compile.h} and {@code hs_runtime.h}. The library stays loaded until the
 * process ends.
 */
public final class Vectorscan {
  /** Called for each match: {@code int (unsigned id, u64 from, u64 to, unsigned flags, void*)}. */
  static final FunctionDescriptor MATCH_EVENT =
      FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS);

  private static final int MODE_STREAM = 2;
  private static final int SUCCESS = 0;

  /** Of an expression in a message. */
  private static final int MAX_SHOWN_CHARS = 200;

  /** The callback ended the search. */
  private static final int SCAN_TERMINATED = -3;

  private static final long ERROR_BYTES = 16;

  /** {@code unsigned tune; unsigned long long cpu_features, reserved1, reserved2}. */
  private static final long PLATFORM_INFO_BYTES = 32;

  private final Linker linker = Linker.nativeLinker();
  private final SymbolLookup symbols;
  private final MethodHandle version;
  private final MethodHandle allocScratch;
  private final MethodHandle freeScratch;
  private final MethodHandle freeDatabase;
  private final MethodHandle openStream;
  private final MethodHandle closeStream;
  private final MethodHandle resetStream;
  private final MethodHandle scanStream;
  private final MethodHandle free;

  private Vectorscan(SymbolLookup symbols) {
    this.symbols = symbols;
    this.version = linker.downcallHandle(symbol("hs_version"), FunctionDescriptor.of(ADDRESS));
    this.allocScratch = function("hs_alloc_scratch", ADDRESS, ADDRESS);
    this.freeScratch = function("hs_free_scratch", ADDRESS);
    this.freeDatabase = function("hs_free_database", ADDRESS);
    this.openStream = function("hs_open_stream", ADDRESS, JAVA_INT, ADDRESS);
    this.closeStream = function("hs_close_stream", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    this.resetStream = function("hs_reset_stream", ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
    this.scanStream =
        function("hs_scan_stream", ADDRESS, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
    this.free =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("free"), FunctionDescriptor.ofVoid(ADDRESS));
  }

  /**
   * Loads the library.
   *
   * @throws VectorscanException if the file is none that this process can load
   */
  public static Vectorscan load(Path library) throws VectorscanException {
    try {
      return new Vectorscan(SymbolLookup.libraryLookup(library, Arena.global()));
    } catch (IllegalArgumentException | UnsatisfiedLinkError | IllegalCallerException e) {
      throw new VectorscanException("cannot load " + library + ": " + e.getMessage(), e);
    } catch (java.util.NoSuchElementException e) {
      throw new VectorscanException(library + " lacks a function: " + e.getMessage(), e);
    }
  }

  private MethodHandle function(String name, MemoryLayout... arguments) {
    return linker.downcallHandle(symbol(name), FunctionDescriptor.of(JAVA_INT, arguments));
  }

  private MemorySegment symbol(String name) {
    return symbols.findOrThrow(name);
  }

  Linker linker() {
    return linker;
  }

  /** Version and build date, as {@code hs_version} says them. */
  public String version() {
    try {
      MemorySegment text = (MemorySegment) version.invokeExact();
      return text.reinterpret(256).getString(0);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** The features of this processor that compiled expressions depend on, as text. */
  String platform() {
    MethodHandle populate = function("hs_populate_platform", ADDRESS);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(PLATFORM_INFO_BYTES, Long.BYTES);
      check("hs_populate_platform", (int) populate.invokeExact(info));
      return HexFormat.of().formatHex(info.toArray(ValueLayout.JAVA_BYTE));
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /**
   * Compiles expressions for matching in streams.
   *
   * @param expressions numbered by their place in the list
   * @throws VectorscanException if one of them is refused; says which and why
   */
  public VectorscanDatabase compile(List<String> expressions) throws VectorscanException {
    MethodHandle compileMulti =
        function(
            "hs_compile_multi",
            ADDRESS,
            ADDRESS,
            ADDRESS,
            JAVA_INT,
            JAVA_INT,
            ADDRESS,
            ADDRESS,
            ADDRESS);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment texts = arena.allocate(ADDRESS, expressions.size());
      MemorySegment flags = arena.allocate(JAVA_INT, expressions.size());
      MemorySegment ids = arena.allocate(JAVA_INT, expressions.size());
      for (int i = 0; i < expressions.size(); i++) {
        texts.setAtIndex(ADDRESS, i, arena.allocateFrom(expressions.get(i)));
        ids.setAtIndex(JAVA_INT, i, i);
      }
      MemorySegment database = arena.allocate(ADDRESS);
      MemorySegment error = arena.allocate(ADDRESS);
      int code =
          (int)
              compileMulti.invokeExact(
                  texts,
                  flags,
                  ids,
                  expressions.size(),
                  MODE_STREAM,
                  MemorySegment.NULL,
                  database,
                  error);
      if (code != SUCCESS) {
        throw new VectorscanException(compileError(error.get(ADDRESS, 0), expressions, code));
      }
      return new VectorscanDatabase(this, database.get(ADDRESS, 0));
    } catch (VectorscanException e) {
      throw e;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Reads and frees an {@code hs_compile_error_t}: {@code char *message; int expression}. */
  private String compileError(MemorySegment error, List<String> expressions, int code)
      throws Throwable {
    if (error.equals(MemorySegment.NULL)) {
      return "hs_compile_multi failed with code " + code;
    }
    MemorySegment fields = error.reinterpret(ERROR_BYTES);
    String message = fields.get(ADDRESS, 0).reinterpret(4096).getString(0);
    int number = fields.get(JAVA_INT, ADDRESS.byteSize());
    call(function("hs_free_compile_error", ADDRESS), error);
    return number >= 0 && number < expressions.size()
        ? message + ": " + shortened(expressions.get(number))
        : message;
  }

  private static String shortened(String expression) {
    return expression.length() <= MAX_SHOWN_CHARS
        ? expression
        : expression.substring(0, MAX_SHOWN_CHARS) + "…";
  }

  /**
   * Takes back a database that {@link #serialize} wrote, by the same version on the same kind of
   * processor.
   *
   * @throws VectorscanException if these bytes are none
   */
  public VectorscanDatabase deserialize(byte[] bytes) throws VectorscanException {
    MethodHandle deserialize = function("hs_deserialize_database", ADDRESS, JAVA_LONG, ADDRESS);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment data = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      MemorySegment database = arena.allocate(ADDRESS);
      int code = (int) deserialize.invokeExact(data, data.byteSize(), database);
      if (code != SUCCESS) {
        throw new VectorscanException("hs_deserialize_database failed with code " + code);
      }
      return new VectorscanDatabase(this, database.get(ADDRESS, 0));
    } catch (VectorscanException e) {
      throw e;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  byte[] serialize(MemorySegment database) {
    MethodHandle serialize = function("hs_serialize_database", ADDRESS, ADDRESS, ADDRESS);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment data = arena.allocate(ADDRESS);
      MemorySegment length = arena.allocate(JAVA_LONG);
      check("hs_serialize_database", (int) serialize.invokeExact(database, data, length));
      MemorySegment bytes = data.get(ADDRESS, 0);
      byte[] copy = bytes.reinterpret(length.get(JAVA_LONG, 0)).toArray(ValueLayout.JAVA_BYTE);
      free.invokeExact(bytes);
      return copy;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void freeDatabase(MemorySegment database) {
    call(freeDatabase, database);
  }

  MemorySegment allocScratch(MemorySegment database) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment scratch = arena.allocate(ADDRESS);
      check("hs_alloc_scratch", (int) allocScratch.invokeExact(database, scratch));
      return scratch.get(ADDRESS, 0);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void freeScratch(MemorySegment scratch) {
    call(freeScratch, scratch);
  }

  MemorySegment openStream(MemorySegment database) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment stream = arena.allocate(ADDRESS);
      check("hs_open_stream", (int) openStream.invokeExact(database, 0, stream));
      return stream.get(ADDRESS, 0);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void scanStream(
      MemorySegment stream, MemorySegment data, MemorySegment scratch, MemorySegment onMatch) {
    try {
      int code =
          (int)
              scanStream.invokeExact(
                  stream,
                  data,
                  Math.toIntExact(data.byteSize()),
                  0,
                  scratch,
                  onMatch,
                  MemorySegment.NULL);
      if (code != SCAN_TERMINATED) {
        check("hs_scan_stream", code);
      }
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Ends a stream, with the matches that need its end, and begins another in its place. */
  void resetStream(MemorySegment stream, MemorySegment scratch, MemorySegment onMatch) {
    try {
      check(
          "hs_reset_stream",
          (int) resetStream.invokeExact(stream, 0, scratch, onMatch, MemorySegment.NULL));
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void closeStream(MemorySegment stream) {
    try {
      check(
          "hs_close_stream",
          (int)
              closeStream.invokeExact(
                  stream, MemorySegment.NULL, MemorySegment.NULL, MemorySegment.NULL));
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static void call(MethodHandle function, MemorySegment argument) {
    try {
      check("libhs", (int) function.invokeExact(argument));
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static void check(String function, int code) {
    if (code != SUCCESS) {
      throw new IllegalStateException(function + " failed with code " + code);
    }
  }

  private static RuntimeException failed(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException known ? known : new IllegalStateException(e);
  }
}
