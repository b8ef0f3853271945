/**
 * What files hold inside: members of archives, what compressed streams decompress to, records of
 * stores. A format recognises a file by its first bytes and hands its members to a visitor; the one
 * driver, {@link io.amivet.inside.Inside}, looks into members again and keeps all limits.
 */
@NullMarked
package io.amivet.inside;

import org.jspecify.annotations.NullMarked;
