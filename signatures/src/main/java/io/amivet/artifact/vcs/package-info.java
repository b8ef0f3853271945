/** Password stores of version control clients: CVS and Subversion. */
@NullMarked
package io.amivet.artifact.vcs;

import org.jspecify.annotations.NullMarked;
