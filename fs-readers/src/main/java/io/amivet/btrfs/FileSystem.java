package io.amivet.btrfs;

import io.amivet.block.AnomalyLog;
import io.amivet.block.BlockDevice;

/** What all parts of the reader of one volume share. */
record FileSystem(
    BlockDevice volume,
    Superblock superblock,
    ChunkMap chunks,
    TreeReader trees,
    Roots roots,
    AnomalyLog anomalies) {}
