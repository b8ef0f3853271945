package io.amivet.source.tree;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Locale;

/**
 * The system calls of Linux that read a tree by descriptors and bytes: the JDK's own know names
 * only as text in the encoding of the locale, and follow links in all names but the last.
 */
final class HostCalls {
  static final int AT_FDCWD = -100;
  static final int AT_SYMLINK_NOFOLLOW = 0x100;
  static final int AT_EMPTY_PATH = 0x1000;
  static final int O_CLOEXEC = 0x80000;
  static final int O_NONBLOCK = 0x800;
  static final int O_NOATIME = 0x40000;
  static final int O_PATH = 0x200000;
  static final int SEEK_DATA = 3;
  static final int SEEK_HOLE = 4;

  /** These two, and the number of getdents64, are not the same on all machines. */
  private static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");

  static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;
  static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;
  private static final long SYS_GETDENTS64 = ARM ? 61 : 217;

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final MemoryLayout POINTER = ValueLayout.ADDRESS;
  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle OPENAT = variadic("openat", 3, INT, INT, POINTER, INT, INT);
  private static final MethodHandle CLOSE = function("close", INT, INT);
  private static final MethodHandle STATX = function("statx", INT, INT, POINTER, INT, INT, POINTER);
  private static final MethodHandle READLINKAT =
      function("readlinkat", LONG, INT, POINTER, POINTER, LONG);
  private static final MethodHandle PREAD = function("pread", LONG, INT, POINTER, LONG, LONG);
  private static final MethodHandle LSEEK = function("lseek", LONG, INT, LONG, INT);
  private static final MethodHandle FSTATFS = function("fstatfs", INT, INT, POINTER);
  private static final MethodHandle LLISTXATTR =
      function("llistxattr", LONG, POINTER, POINTER, LONG);
  private static final MethodHandle LGETXATTR =
      function("lgetxattr", LONG, POINTER, POINTER, POINTER, LONG);
  private static final MethodHandle GETDENTS =
      variadic("syscall", 1, LONG, LONG, INT, POINTER, LONG);

  private HostCalls() {}

  /** Whether the numbers above are those of this machine; asked before anything else. */
  static boolean available() {
    String arch = System.getProperty("os.arch", "");
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux")
        && (arch.equals("amd64") || arch.equals("aarch64"));
  }

  private static MethodHandle function(
      String name, MemoryLayout result, MemoryLayout... arguments) {
    return link(name, FunctionDescriptor.of(result, arguments));
  }

  private static MethodHandle variadic(
      String name, int firstVariadic, MemoryLayout result, MemoryLayout... arguments) {
    return link(
        name,
        FunctionDescriptor.of(result, arguments),
        Linker.Option.firstVariadicArg(firstVariadic));
  }

  private static MethodHandle link(String name, FunctionDescriptor type, Linker.Option... options) {
    Linker.Option[] all = java.util.Arrays.copyOf(options, options.length + 1);
    all[options.length] = Linker.Option.captureCallState("errno");
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, all);
  }

  /** A call as a lambda, so that failures are treated in one place. */
  private interface Call {
    long run(Arena arena, MemorySegment state) throws Throwable;
  }

  private static long call(String name, Call call) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      long result = call.run(arena, state);
      if (result < 0) {
        throw new HostCallException(name, (int) ERRNO.get(state, 0L));
      }
      return result;
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the linker threw", e);
    }
  }

  private static MemorySegment text(Arena arena, byte[] bytes) {
    MemorySegment text = arena.allocate(bytes.length + 1L);
    MemorySegment.copy(bytes, 0, text, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return text;
  }

  /** man 2 openat; the caller closes the descriptor. */
  static int open(int directory, byte[] name, int flags) throws IOException {
    return (int)
        call(
            "openat",
            (arena, state) ->
                (int) OPENAT.invokeExact(state, directory, text(arena, name), flags, 0));
  }

  static void close(int descriptor) {
    try {
      long _ = call("close", (arena, state) -> (int) CLOSE.invokeExact(state, descriptor));
    } catch (IOException e) {
      // Nothing was written: there is nothing to lose.
      return;
    }
  }

  /** man 2 statx; {@code name} may be empty with {@link #AT_EMPTY_PATH}. */
  static HostStat stat(int directory, byte[] name, int flags) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment target = arena.allocate(HostStat.SIZE_BYTES, Long.BYTES);
      long _ =
          call(
              "statx",
              (inner, state) ->
                  (int)
                      STATX.invokeExact(
                          state, directory, text(inner, name), flags, HostStat.MASK, target));
      return HostStat.parse(target);
    }
  }

  /** man 2 readlinkat; at most {@code limitBytes} of the target. */
  static byte[] readLink(int directory, byte[] name, int limitBytes) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment target = arena.allocate(limitBytes);
      long length =
          call(
              "readlinkat",
              (inner, state) ->
                  (long)
                      READLINKAT.invokeExact(
                          state, directory, text(inner, name), target, (long) limitBytes));
      return target.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }
  }

  /** man 2 getdents64; 0 at the end. */
  static int entries(int directory, MemorySegment target) throws IOException {
    return (int)
        call(
            "getdents64",
            (arena, state) ->
                (long)
                    GETDENTS.invokeExact(
                        state, SYS_GETDENTS64, directory, target, target.byteSize()));
  }

  /** man 2 pread; 0 at the end of the file. */
  static long read(int file, MemorySegment target, long position) throws IOException {
    return call(
        "pread",
        (arena, state) ->
            (long) PREAD.invokeExact(state, file, target, target.byteSize(), position));
  }

  /** man 2 lseek. */
  static long seek(int file, long position, int whence) throws IOException {
    return call("lseek", (arena, state) -> (long) LSEEK.invokeExact(state, file, position, whence));
  }

  /** The {@code f_type} of man 2 fstatfs. */
  static long fileSystemType(int file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      // struct statfs has 120 bytes and starts with f_type as a long.
      MemorySegment target = arena.allocate(256, Long.BYTES);
      long _ = call("fstatfs", (inner, state) -> (int) FSTATFS.invokeExact(state, file, target));
      return target.get(LONG, 0);
    }
  }

  /** The names of man 2 llistxattr, each followed by a NUL. */
  static byte[] attributeNames(byte[] path, int limitBytes) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment target = arena.allocate(limitBytes);
      long length =
          call(
              "llistxattr",
              (inner, state) ->
                  (long)
                      LLISTXATTR.invokeExact(state, text(inner, path), target, (long) limitBytes));
      return target.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }
  }

  /** man 2 lgetxattr. */
  static byte[] attribute(byte[] path, byte[] name, int limitBytes) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment target = arena.allocate(limitBytes);
      long length =
          call(
              "lgetxattr",
              (inner, state) ->
                  (long)
                      LGETXATTR.invokeExact(
                          state, text(inner, path), text(inner, name), target, (long) limitBytes));
      return target.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }
  }
}
