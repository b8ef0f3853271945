package io.amivet.cli;

/** Everything the commands work with. Made in {@link Main}; tests make their own. */
record Wiring(
    TargetOpener opener, ScanJobs scans, Reporters reporters, RuleSource rules, Demo demo) {}
