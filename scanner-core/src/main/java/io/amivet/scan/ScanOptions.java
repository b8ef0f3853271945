package io.amivet.scan;

import io.amivet.finding.Fingerprint;
import io.amivet.fs.FsPath;
import io.amivet.fs.JournalMode;
import io.amivet.inside.InsideLimits;
import io.amivet.rule.Profile;
import io.amivet.rule.Severity;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked of a scan.
 *
 * @param failOn the least severity that fails the verdict
 * @param journal whether journals are laid over the volumes
 * @param inside how far is looked into archives and their like
 * @param fingerprint names the findings
 * @param onlyPaths the files whose contents are looked at, by path on their volume; null for all
 */
public record ScanOptions(
    Profile profile,
    Depth depth,
    Severity failOn,
    JournalMode journal,
    InsideLimits inside,
    Fingerprint fingerprint,
    @Nullable Set<FsPath> onlyPaths) {

  /** For a scan of all files. */
  public ScanOptions(
      Profile profile,
      Depth depth,
      Severity failOn,
      JournalMode journal,
      InsideLimits inside,
      Fingerprint fingerprint) {
    this(profile, depth, failOn, journal, inside, fingerprint, null);
  }
}
