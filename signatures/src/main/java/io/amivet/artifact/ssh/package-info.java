/** Who may log in over SSH: authorized keys and the configuration of the server. */
@NullMarked
package io.amivet.artifact.ssh;

import org.jspecify.annotations.NullMarked;
