/**
 * Regular expressions of other tools: read, understood, and written for {@code java.util.regex}.
 */
@NullMarked
package io.amivet.regex;

import org.jspecify.annotations.NullMarked;
