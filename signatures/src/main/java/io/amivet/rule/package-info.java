/** Rules as data: what to look for, how bad it is for whom, and how to fix it. */
@NullMarked
package io.amivet.rule;

import org.jspecify.annotations.NullMarked;
