/** Where the bytes come from: raw and compressed files, and the interface to remote ones. */
@NullMarked
package io.amivet.source;

import org.jspecify.annotations.NullMarked;
