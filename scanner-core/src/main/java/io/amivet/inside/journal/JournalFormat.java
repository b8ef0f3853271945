package io.amivet.inside.journal;

import io.amivet.inside.Head;
import io.amivet.inside.InsideFile;
import io.amivet.inside.InsideFormat;
import io.amivet.inside.Member;
import io.amivet.inside.MemberVisitor;
import java.io.IOException;

/**
 * Journals of systemd, in use, rotated or set aside as damaged. One member holds every {@code
 * FIELD=value} that is stored, each once and on lines of its own, in the order in which they were
 * written: those of one message stand close together.
 */
public final class JournalFormat implements InsideFormat {
  private static final int[] MAGIC = {'L', 'P', 'K', 'S', 'H', 'H', 'R', 'H'};

  @Override
  public String name() {
    return "systemd journal";
  }

  @Override
  public boolean recognises(Head head) {
    return head.startsWith(MAGIC) && head.length() >= JournalHeader.SIZE_BYTES;
  }

  @Override
  public void members(InsideFile file, MemberVisitor visitor) throws IOException {
    DataObjects objects = new DataObjects(file);
    visitor.member(Member.named("fields"), new FieldLines(objects));
    if (objects.header().hasUnknownFeatures()) {
      visitor.notSearched("", "it uses features that are not known");
    }
    if (objects.isCut()) {
      visitor.notSearched("", "it ends within an object");
    }
    if (objects.undecoded() > 0) {
      visitor.notSearched(
          "", objects.undecoded() + " of its fields are damaged, or larger than what is unpacked");
    }
    if (objects.strayBytes() > 0) {
      visitor.notSearched("", objects.strayBytes() + " bytes in it belong to no object");
    }
  }
}
