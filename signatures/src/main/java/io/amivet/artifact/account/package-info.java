/** Local accounts: who exists, who has a password, and whose password anyone would guess. */
@NullMarked
package io.amivet.artifact.account;

import org.jspecify.annotations.NullMarked;
