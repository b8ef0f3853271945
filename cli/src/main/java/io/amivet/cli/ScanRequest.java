package io.amivet.cli;

import io.amivet.fs.FsPath;
import io.amivet.rule.Profile;
import io.amivet.scan.Depth;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One target to scan and how.
 *
 * @param rulePaths rule files and folders beside the built-in packs
 * @param disabledRules ids of rules to leave out
 * @param onlyPaths the files whose contents are looked at, by path on their volume; null for all
 * @param base an earlier state, of which nothing unchanged is scanned; null for none
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
    boolean digest,
    @Nullable Set<FsPath> onlyPaths,
    @Nullable BaseRequest base) {
  ScanRequest {
    rulePaths = List.copyOf(rulePaths);
    disabledRules = Set.copyOf(disabledRules);
    onlyPaths = onlyPaths == null ? null : Set.copyOf(onlyPaths);
  }
}
