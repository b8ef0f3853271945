package io.amivet.cli;

import io.amivet.finding.Custody.DiskDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where the bytes of a target came from, known best when they were read.
 *
 * @param caller ARN of the AWS identity; empty for local targets
 * @param digests of what was read so far
 */
record Provenance(Supplier<String> caller, Supplier<List<DiskDigest>> digests) {
  /** Of what lies on this machine: nobody was asked, and nothing hashed on the way. */
  static final Provenance LOCAL = new Provenance(() -> "", List::of);

  Provenance and(Provenance more) {
    return new Provenance(
        () -> caller.get().isEmpty() ? more.caller.get() : caller.get(),
        () -> {
          List<DiskDigest> all = new ArrayList<>(digests.get());
          all.addAll(more.digests.get());
          return all;
        });
  }
}
