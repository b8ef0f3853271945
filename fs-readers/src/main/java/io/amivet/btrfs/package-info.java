/**
 * btrfs, as the kernel shows its top level: subvolumes and snapshots are directories.
 *
 * <p>Everything is an item in a B-tree, addressed by logical byte addresses. {@link
 * io.amivet.btrfs.BtrfsFormat} finds the superblock; {@code ChunkMap} turns logical into physical
 * addresses; {@code Nodes} reads and checks tree nodes, {@code TreeReader} searches them; what lies
 * above reads items and knows nothing of nodes.
 */
@NullMarked
package io.amivet.btrfs;

import org.jspecify.annotations.NullMarked;
