package io.amivet.inside.git;

import io.amivet.block.BlockDevice;
import io.amivet.inside.Head;
import io.amivet.inside.InsideFile;
import io.amivet.inside.InsideFormat;
import io.amivet.inside.Member;
import io.amivet.inside.MemberVisitor;
import java.io.IOException;
import java.util.Optional;

/**
 * Packs of git repositories, bare or not. Each blob is a member under the commit and path that have
 * it, as far as the pack itself tells; messages of commits and tags are members too. What was
 * deleted in a later commit is still there.
 */
public final class GitPackFormat implements InsideFormat {
  private static final long MAX_MEMORY_BYTES = 90L << 20;
  private static final long MEMORY_PER_BYTE = 8;

  @Override
  public String name() {
    return "git pack";
  }

  @Override
  public boolean recognises(Head head) {
    return head.at(0) == 'P' && PackIndex.recognises(head.toBytes());
  }

  @Override
  public void members(InsideFile file, MemberVisitor visitor) throws IOException {
    BlockDevice pack = file.device();
    file.useMemory(Math.min(MAX_MEMORY_BYTES, MEMORY_PER_BYTE * pack.sizeBytes()));
    ObjectNames names = new ObjectNames();
    Losses losses = PackReader.read(pack, object -> show(object, names, visitor));
    for (String sentence : losses.sentences()) {
      visitor.notSearched("", sentence);
    }
  }

  private static void show(GitObject object, ObjectNames names, MemberVisitor visitor)
      throws IOException {
    if (object.type() == ObjectType.BLOB) {
      visitor.member(Member.named(blobName(object.id(), names)), object.contents());
      return;
    }
    if (object.sizeBytes() > PackLimits.MAX_HELD_BYTES) {
      visitor.notSearched(object.id().toString(), "larger than any " + object.type().label());
      return;
    }
    byte[] contents = object.contents().readAllBytes();
    if (object.type() == ObjectType.TREE) {
      names.addTree(object.id(), contents, object.id().format());
    } else {
      if (object.type() == ObjectType.COMMIT) {
        names.addCommit(object.id(), contents);
      }
      visitor.member(
          Member.named(object.id() + "/" + object.type().label()),
          new java.io.ByteArrayInputStream(contents));
    }
  }

  /** The commit, or else the blob's own id, and the path. */
  private static String blobName(ObjectId id, ObjectNames names) {
    Optional<ObjectNames.Place> place = names.of(id);
    if (place.isEmpty()) {
      return id + "/blob";
    }
    String commit = place.get().commit();
    return (commit.isEmpty() ? id.toString() : commit) + "/" + place.get().path();
  }
}
