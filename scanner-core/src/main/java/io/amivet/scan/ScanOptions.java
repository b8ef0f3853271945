package io.amivet.scan;

import io.amivet.finding.Fingerprint;
import io.amivet.fs.JournalMode;
import io.amivet.rule.Profile;
import io.amivet.rule.Severity;

/**
 * What the user asked of a scan.
 *
 * @param failOn the least severity that fails the verdict
 * @param journal whether journals are laid over the volumes
 * @param fingerprint names the findings
 */
public record ScanOptions(
    Profile profile, Depth depth, Severity failOn, JournalMode journal, Fingerprint fingerprint) {}
