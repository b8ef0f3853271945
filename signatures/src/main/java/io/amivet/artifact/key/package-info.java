/**
 * Private keys and the public halves that identify them: PEM, OpenSSH, PuTTY and OpenPGP containers
 * in files of their own or embedded in text.
 */
@NullMarked
package io.amivet.artifact.key;

import org.jspecify.annotations.NullMarked;
