package io.amivet.source;

import io.amivet.block.ByteRange;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The few calls of Linux that the JDK does not offer: {@code lseek} with {@code SEEK_DATA} (man 2
 * lseek) and {@code madvise} (man 2 madvise). Both only make things faster or smaller, so that
 * elsewhere they do nothing.
 */
final class LinuxCalls {
  private static final int O_RDONLY_CLOEXEC = 0x80000;
  private static final int SEEK_DATA = 3;
  private static final int SEEK_HOLE = 4;
  private static final int ENXIO = 6;
  private static final int MADV_RANDOM = 1;
  private static final int MADV_DONTNEED = 4;

  /** Linking the first call takes longer than reading all of a file of this size. */
  static final long SMALL_BYTES = 64L << 20;

  /** More pieces than this are not worth telling apart. */
  static final int MAX_RANGES = 1 << 20;

  private static final Linker LINKER = Linker.nativeLinker();

  private LinuxCalls() {}

  /** Thrown where a call is not there or not allowed; never leaves this class. */
  private static final class Unavailable extends Exception {
    private static final long serialVersionUID = 1L;

    Unavailable(Throwable cause) {
      super(cause);
    }
  }

  private static boolean isLinux() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux")
        && ValueLayout.ADDRESS.byteSize() == 8;
  }

  private static MethodHandle function(
      String name, FunctionDescriptor type, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, options);
  }

  /** The parts of a file that hold data, ascending; empty if the kernel cannot tell. */
  static Optional<List<ByteRange>> dataRanges(Path file, long sizeBytes) {
    if (!isLinux()) {
      return Optional.empty();
    }
    try (Arena arena = Arena.ofConfined()) {
      int descriptor = open(arena, file);
      if (descriptor < 0) {
        return Optional.empty();
      }
      try {
        return seekRanges(arena, descriptor, sizeBytes);
      } finally {
        close(descriptor);
      }
    } catch (Unavailable e) {
      return Optional.empty();
    }
  }

  private static int open(Arena arena, Path file) throws Unavailable {
    Charset fileNames = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    MemorySegment name = arena.allocateFrom(file.toAbsolutePath().toString(), fileNames);
    FunctionDescriptor type =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    try {
      MethodHandle open = function("open", type, Linker.Option.firstVariadicArg(2));
      return (int) open.invokeExact(name, O_RDONLY_CLOEXEC);
    } catch (Throwable e) {
      throw new Unavailable(e);
    }
  }

  private static void close(int descriptor) throws Unavailable {
    try {
      FunctionDescriptor type = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
      int ignored = (int) function("close", type).invokeExact(descriptor);
    } catch (Throwable e) {
      throw new Unavailable(e);
    }
  }

  private static Optional<List<ByteRange>> seekRanges(Arena arena, int descriptor, long sizeBytes)
      throws Unavailable {
    Seek seek = new Seek(arena, descriptor);
    List<ByteRange> ranges = new ArrayList<>();
    long at = 0;
    while (at < sizeBytes) {
      long start = seek.to(at, SEEK_DATA);
      if (start < 0) {
        return seek.errno() == ENXIO ? Optional.of(ranges) : Optional.empty();
      }
      long end = ranges.size() == MAX_RANGES ? sizeBytes : seek.to(start, SEEK_HOLE);
      if (end <= start) {
        return Optional.empty();
      }
      ranges.add(new ByteRange(start, Math.min(end, sizeBytes) - start));
      at = end;
    }
    return Optional.of(ranges);
  }

  /** {@code lseek} on one descriptor, keeping {@code errno}. */
  private static final class Seek {
    private static final StructLayout ERRNO = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO_VALUE =
        ERRNO.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final FunctionDescriptor TYPE =
        FunctionDescriptor.of(
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT);

    private final MethodHandle lseek =
        function("lseek", TYPE, Linker.Option.captureCallState("errno"));
    private final MemorySegment state;
    private final int descriptor;

    Seek(Arena arena, int descriptor) {
      this.state = arena.allocate(ERRNO);
      this.descriptor = descriptor;
    }

    long to(long offset, int whence) throws Unavailable {
      try {
        return (long) lseek.invokeExact(state, descriptor, offset, whence);
      } catch (Throwable e) {
        throw new Unavailable(e);
      }
    }

    int errno() {
      return (int) ERRNO_VALUE.get(state, 0L);
    }
  }

  /**
   * Tells the kernel that a map is read here and there: without it, each small cold read fetches
   * the pages around it too (8 times slower, measured).
   */
  static void adviseRandom(MemorySegment map) {
    advise(map, MADV_RANDOM);
  }

  /**
   * Gives the pages of a map of a file back: they no longer count as memory of this process, and
   * come from the page cache again when they are looked at.
   */
  static void releasePages(MemorySegment map) {
    advise(map, MADV_DONTNEED);
  }

  private static void advise(MemorySegment map, int advice) {
    if (!isLinux() || map.byteSize() <= SMALL_BYTES) {
      return;
    }
    try {
      int ignored = (int) Advice.MADVISE.invokeExact(map, map.byteSize(), advice);
    } catch (Throwable e) {
      // Only advice: reading works without it.
      return;
    }
  }

  /** Made when first wanted: linking a call takes longer than many a command. */
  private static final class Advice {
    static final MethodHandle MADVISE =
        function(
            "madvise",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT));
  }
}
