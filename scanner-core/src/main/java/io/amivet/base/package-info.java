/** What a target has in common with an earlier one, block by block. */
@NullMarked
package io.amivet.base;

import org.jspecify.annotations.NullMarked;
