package io.amivet.scan;

import io.amivet.finding.Fingerprint;
import io.amivet.fs.JournalMode;
import io.amivet.inside.InsideLimits;
import io.amivet.rule.Profile;
import io.amivet.rule.Severity;

/**
 * What the user asked of a scan.
 *
 * @param failOn the least severity that fails the verdict
 * @param journal whether journals are laid over the volumes
 * @param inside how far is looked into archives and their like
 * @param fingerprint names the findings
 */
public record ScanOptions(
    Profile profile,
    Depth depth,
    Severity failOn,
    JournalMode journal,
    InsideLimits inside,
    Fingerprint fingerprint) {}
