package io.amivet.inside.git;

import io.amivet.inside.Head;
import io.amivet.inside.InsideFile;
import io.amivet.inside.InsideFormat;
import io.amivet.inside.Member;
import io.amivet.inside.MemberVisitor;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Loose objects of git repositories. Trees hold nothing but names and ids. */
public final class GitLooseFormat implements InsideFormat {
  /** The id but for its first two digits, which are the folder. */
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{38}|[0-9a-f]{62}");

  @Override
  public String name() {
    return "git object";
  }

  @Override
  public boolean recognises(Head head) {
    return LooseObject.recognises(head.at(0), head.at(1));
  }

  /** Any zlib stream starts like this. */
  @Override
  public boolean isGuess() {
    return true;
  }

  @Override
  public void members(InsideFile file, MemberVisitor visitor) throws IOException {
    if (!NAME.matcher(file.name()).matches()) {
      throw new IOException("no object's name");
    }
    Optional<LooseObject> object = LooseObject.open(file.stream());
    if (object.isEmpty()) {
      throw new IOException("no object's header");
    }
    if (object.get().type() != ObjectType.TREE) {
      visitor.member(Member.named(object.get().type().label()), object.get().contents());
    }
  }
}
