/**
 * Disk images that are more than the bytes of the disk: qcow2, VMDK, VHD, VHDX, VDI and archives of
 * them. Each is laid open as a {@link io.amivet.block.BlockDevice} that reads in place.
 */
@NullMarked
package io.amivet.source.disk;

import org.jspecify.annotations.NullMarked;
