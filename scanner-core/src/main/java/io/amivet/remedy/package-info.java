/** What to do about findings, as a script that a person reads before it runs. */
@NullMarked
package io.amivet.remedy;

import org.jspecify.annotations.NullMarked;
