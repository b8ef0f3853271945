package io.amivet.cli;

import io.amivet.rule.Profile;
import io.amivet.scan.Depth;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * One target to scan and how.
 *
 * @param rulePaths rule files and folders beside the built-in packs
 * @param disabledRules ids of rules to leave out
 * @param digest whether local disks are hashed from end to end
 */
record ScanRequest(
    String target,
    Access access,
    Profile profile,
    Depth depth,
    int archiveDepth,
    Judging judging,
    EngineChoice engine,
    List<Path> rulePaths,
    Set<String> disabledRules,
    boolean digest) {
  ScanRequest {
    rulePaths = List.copyOf(rulePaths);
    disabledRules = Set.copyOf(disabledRules);
  }
}
