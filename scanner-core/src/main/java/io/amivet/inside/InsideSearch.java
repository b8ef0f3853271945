package io.amivet.inside;

import io.amivet.block.BlockDevice;
import io.amivet.source.DeviceStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The work on one file of the image and all that is nested in it. */
final class InsideSearch {
  /** How far a format may read before it is found out that it is none. */
  private static final int REPLAY_BYTES = 64 << 10;

  private static final int BUFFER_BYTES = 16 << 10;

  private final List<InsideFormat> formats;
  private final InsideLimits limits;
  private final InsideBudget budget;
  private final MemoryTurn memory;
  private final MemberSink sink;
  private boolean exhaustionReported;

  InsideSearch(
      List<InsideFormat> formats,
      InsideLimits limits,
      InsideBudget budget,
      MemoryTurn memory,
      MemberSink sink) {
    this.formats = formats;
    this.limits = limits;
    this.budget = budget;
    this.memory = memory;
    this.sink = sink;
  }

  /** The sink failed, which is no fault of the archive. */
  private static final class SinkFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SinkFailure(RuntimeException cause) {
      super(cause);
    }
  }

  private interface SinkCall {
    void run() throws IOException;
  }

  private static void call(SinkCall call) throws IOException {
    try {
      call.run();
    } catch (RuntimeException e) {
      throw e instanceof SinkFailure known ? known : new SinkFailure(e);
    }
  }

  /** Whether the file gave anything, or was at least understood to the end. */
  boolean file(Member member, Head head, BlockDevice device) {
    Optional<InsideFormat> format = InsideFormats.of(formats, head);
    if (format.isEmpty()) {
      return false;
    }
    try {
      return open(format.get(), MemberPath.FILE, member, new DeviceFile(member, device), 1);
    } catch (NotSearchedException exhausted) {
      // Reported where it was met.
      return true;
    } catch (SinkFailure e) {
      throw (RuntimeException) e.getCause();
    }
  }

  /**
   * Looks into a file.
   *
   * @return whether it gave anything, or was at least understood to the end
   * @throws NotSearchedException if the budget is exhausted, which ends it all
   */
  private boolean open(
      InsideFormat format, MemberPath path, Member self, InsideFile file, int depth)
      throws NotSearchedException {
    Visitor visitor = new Visitor(path, self, depth);
    long memoryBefore = memory.usedBytes();
    try {
      format.members(file, visitor);
      return true;
    } catch (SinkFailure e) {
      throw e;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      stopIfExhausted(path);
      boolean nothing = visitor.delivered == 0;
      if (!nothing || !format.isGuess()) {
        notSearched(
            path, "the " + format.name() + " in it was not read in full: " + Faults.clause(e));
      }
      return !nothing;
    } finally {
      visitor.leave();
      memory.backTo(memoryBefore);
    }
  }

  private void stopIfExhausted(MemberPath path) throws NotSearchedException {
    try {
      budget.check();
    } catch (NotSearchedException e) {
      if (!exhaustionReported) {
        exhaustionReported = true;
        notSearched(path, "not searched any further: " + e.getMessage());
      }
      throw e;
    }
  }

  private void notSearched(MemberPath path, String reason) {
    try {
      sink.notSearched(path, reason);
    } catch (RuntimeException e) {
      throw new SinkFailure(e);
    }
  }

  /** A file of the image. */
  private final class DeviceFile implements InsideFile {
    private final Member member;
    private final BlockDevice device;

    DeviceFile(Member member, BlockDevice device) {
      this.member = member;
      this.device = device;
    }

    @Override
    public String name() {
      return lastName(member.name());
    }

    @Override
    public InputStream stream() {
      return new BufferedInputStream(new DeviceStream(device), 4 * BUFFER_BYTES);
    }

    @Override
    public BlockDevice device() {
      return device;
    }

    @Override
    public void useMemory(long bytes) throws IOException {
      memory.use(bytes);
    }
  }

  /** A file in another, which can be read once. */
  private final class StreamFile implements InsideFile {
    private final Member member;
    private final InputStream in;

    StreamFile(Member member, InputStream in) {
      this.member = member;
      this.in = in;
    }

    @Override
    public String name() {
      return lastName(member.name());
    }

    /** Left open when a format is done with it: it may be read again as what it is. */
    @Override
    public InputStream stream() {
      return new FilterInputStream(in) {
        @Override
        public void close() {
          // Not ours to close.
        }
      };
    }

    @Override
    public BlockDevice device() throws IOException {
      return HeldMember.read(in, member.name(), memory);
    }

    @Override
    public void useMemory(long bytes) throws IOException {
      memory.use(bytes);
    }
  }

  private static String lastName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Receives what is in one file. */
  private final class Visitor implements MemberVisitor {
    private final MemberPath path;
    private final Member self;
    private final int depth;
    private boolean entered;
    private long delivered;

    Visitor(MemberPath path, Member self, int depth) {
      this.path = path;
      this.self = self;
      this.depth = depth;
    }

    @Override
    public void member(Member member, InputStream contents) throws IOException {
      budget.countMember();
      delivered++;
      if (!entered) {
        entered = true;
        call(() -> sink.enter(path));
      }
      Member clean = cleaned(member);
      MemberPath own = path.member(clean.name());
      look(own, clean, contents, in -> sink.file(own, clean, in));
    }

    @Override
    public void contents(String name, InputStream contents) throws IOException {
      budget.countMember();
      String folder = self.name().substring(0, self.name().lastIndexOf('/') + 1);
      String unpackedName = lastName(MemberPath.clean(name));
      Member unpacked =
          new Member(folder + unpackedName, self.mode(), self.uid(), self.gid(), self.modified());
      look(
          path,
          unpacked,
          contents,
          in -> {
            delivered++;
            sink.decompressed(path.member(unpackedName), unpacked, in);
          });
    }

    private void look(MemberPath own, Member member, InputStream raw, Leaf leaf)
        throws IOException {
      BufferedInputStream in =
          new BufferedInputStream(new CountedStream(raw, budget), BUFFER_BYTES);
      try {
        in.mark(REPLAY_BYTES);
        Head head = head(in);
        in.reset();
        Optional<InsideFormat> format = InsideFormats.of(formats, head);
        if (format.isPresent() && depth >= limits.depth()) {
          InsideSearch.this.notSearched(
              own, "the " + format.get().name() + " in it was not searched: nested too deep");
        } else if (format.isPresent()) {
          in.mark(REPLAY_BYTES);
          delivered++;
          if (open(format.get(), own, member, new StreamFile(member, in), depth + 1)
              || !rewound(in)) {
            return;
          }
        }
        call(() -> leaf.read(in));
      } catch (IOException e) {
        stopIfExhausted(own);
        if (delivered == 0) {
          throw e;
        }
        InsideSearch.this.notSearched(own, "not searched in full: " + Faults.clause(e));
      }
    }

    /** As much of the start as can be read; the rest fails again when it is read for good. */
    private static Head head(InputStream in) throws IOException {
      byte[] start = new byte[Head.MAX_BYTES];
      int length = 0;
      try {
        for (int count; length < start.length; length += count) {
          count = in.read(start, length, start.length - length);
          if (count < 0) {
            break;
          }
        }
      } catch (IOException e) {
        if (length == 0) {
          throw e;
        }
      }
      return Head.of(Arrays.copyOf(start, length));
    }

    private static boolean rewound(BufferedInputStream in) {
      try {
        in.reset();
        return true;
      } catch (IOException tooFar) {
        return false;
      }
    }

    @Override
    public void notSearched(String name, String reason) throws IOException {
      budget.countMember();
      delivered++;
      InsideSearch.this.notSearched(
          name.isEmpty() ? path : path.member(MemberPath.clean(name)), reason);
    }

    void leave() {
      if (entered) {
        try {
          sink.leave();
        } catch (RuntimeException e) {
          throw new SinkFailure(e);
        }
      }
    }
  }

  private interface Leaf {
    void read(InputStream in) throws IOException;
  }

  private static Member cleaned(Member member) {
    return new Member(
        MemberPath.clean(member.name()),
        member.mode() & 07777,
        member.uid() & 0xffff_ffffL,
        member.gid() & 0xffff_ffffL,
        member.modified());
  }
}
