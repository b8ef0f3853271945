/** Reads FAT12, FAT16 and FAT32 with long names, as Linux shows them: EFI system partitions. */
@NullMarked
package io.amivet.fat;

import org.jspecify.annotations.NullMarked;
