package io.amivet.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An earlier state of a target, against which only changes are scanned.
 *
 * @param target AMI, snapshot or file
 * @param report a JSON report of it; null if there is none
 */
record BaseRequest(String target, @Nullable Path report) {}
