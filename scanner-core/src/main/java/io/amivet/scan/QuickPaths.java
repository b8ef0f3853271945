package io.amivet.scan;

import io.amivet.fs.FsPath;
import io.amivet.glob.Glob;
import io.amivet.rule.RuleSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * Where a quick scan looks: everywhere but in the folders of the distribution, and there only where
 * a rule names the way. Most directories of a system are below {@code /usr/share} and {@code
 * /usr/lib}; each costs a block or two of a snapshot, and what builders leave is elsewhere.
 */
final class QuickPaths implements Predicate<FsPath> {
  private static final List<FsPath> DISTRIBUTION =
      List.of("/usr", "/lib", "/lib32", "/lib64", "/libx32", "/bin", "/sbin", "/boot", "/snap")
          .stream()
          .map(SystemImage::latin1)
          .toList();

  private static final List<FsPath> OF_THE_MACHINE =
      List.of("/usr/local", "/usr/src", "/usr/etc").stream().map(SystemImage::latin1).toList();

  private final List<Glob> named;

  QuickPaths(RuleSet rules) {
    this.named = rules.namedPlaces();
  }

  /** Whether to enter a directory, named from the root of its volume. */
  @Override
  public boolean test(FsPath directory) {
    return DISTRIBUTION.stream().noneMatch(directory::startsWith)
        || OF_THE_MACHINE.stream().anyMatch(directory::startsWith)
        || isNamed(directory.latin1());
  }

  private boolean isNamed(String directory) {
    return named.stream().anyMatch(glob -> glob.leadsBelow(directory));
  }
}
