/** Changes to AMIs in an account: planned, shown, applied with a journal, and read back. */
@NullMarked
package io.amivet.ami.change;

import org.jspecify.annotations.NullMarked;
