package io.amivet.cli;

import java.util.function.LongSupplier;

/**
 * Counters of a running job. Read from another thread at any time; must be cheap.
 *
 * @param bytes done so far
 * @param expectedBytes all there is to do, as far as known; 0 if unknown
 * @param files done so far
 */
record ProgressSource(LongSupplier bytes, LongSupplier expectedBytes, LongSupplier files) {}
