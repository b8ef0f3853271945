/** Texts in encodings that no rule is written for, given in UTF-8. */
@NullMarked
package io.amivet.inside.text;

import org.jspecify.annotations.NullMarked;
