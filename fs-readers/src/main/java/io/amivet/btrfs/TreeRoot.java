package io.amivet.btrfs;

/**
 * Where a tree starts.
 *
 * @param id of the tree
 * @param address logical address of its root node
 * @param level of the root node, at most {@link Node#MAX_LEVEL}
 * @param generation the root node must carry
 */
record TreeRoot(long id, long address, int level, long generation) {}
