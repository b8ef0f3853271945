package io.amivet.squashfs;

import io.amivet.block.ByteRange;
import io.amivet.block.StructView;
import io.amivet.compress.BlockStore;
import io.amivet.compress.DecodeException;
import io.amivet.fs.EncodedExtent;
import io.amivet.fs.EncodedPieces;
import io.amivet.fs.Extent;
import io.amivet.fs.FileContent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The contents of regular files: blocks one after another, each compressed or not, or of length 0
 * for a hole; the tail perhaps as a part of a fragment block that several files share.
 */
final class FileBlocks {
  /** In a block's length: stored as it is. */
  private static final int UNCOMPRESSED = 1 << 24;

  private static final long NO_FRAGMENT = 0xffff_ffffL;

  /** 128 GiB of data in blocks of the usual size. */
  private static final int MAX_STORED_BLOCKS = 1 << 20;

  /** And as many times that in holes; the list of a hostile file is cut by the end of its table. */
  private static final long MAX_BLOCKS = 1 << 25;

  private static final long KEPT_BYTES = 16 << 20;

  private final Metadata metadata;
  private final LookupTable fragments;
  private final BlockStore kept = new BlockStore(KEPT_BYTES);

  FileBlocks(Metadata metadata) {
    this.metadata = metadata;
    Superblock sb = metadata.superblock;
    this.fragments = new LookupTable(metadata, sb.fragmentTable(), 16, sb.fragmentCount());
  }

  /**
   * Where a piece of a file is stored.
   *
   * @param offset first byte of the piece in what is decoded; not 0 in fragment blocks alone
   */
  private record Piece(long position, int stored, int offset, int length, boolean shared) {
    int storedBytes() {
      return stored & (UNCOMPRESSED - 1);
    }

    boolean compressed() {
      return (stored & UNCOMPRESSED) == 0;
    }
  }

  FileContent content(DiskInode file) throws IOException {
    StructView fields = file.fields();
    boolean basic = file.kind() == DiskInode.Kind.REGULAR;
    long size = file.inode().sizeBytes();
    long start = basic ? fields.u32le(16) : fields.u64le(16);
    long fragment = fields.u32le(basic ? 20 : 44);
    long offset = fields.u32le(basic ? 24 : 48);
    int log = metadata.superblock.blockLog();
    long tail = size & ((1L << log) - 1);
    boolean inFragment = fragment != NO_FRAGMENT && tail != 0;
    long blocks = (size >>> log) + (tail == 0 || inFragment ? 0 : 1);
    if (blocks > MAX_BLOCKS) {
      throw fields.corrupt(SquashfsFault.BLOCK_LIMIT, 0, blocks + " blocks");
    }
    List<EncodedExtent> extents = new ArrayList<>();
    List<Piece> pieces = new ArrayList<>();
    readBlocks(file, start, blocks, extents, pieces);
    if (inFragment) {
      Piece piece = fragment(fragment, offset, (int) tail);
      extents.add(extent(blocks << log, piece));
      pieces.add(piece);
    }
    return content(size, extents, pieces);
  }

  private FileContent content(long size, List<EncodedExtent> extents, List<Piece> pieces) {
    if (pieces.stream().noneMatch(Piece::compressed)) {
      List<Extent> mapped = new ArrayList<>(pieces.size());
      for (int i = 0; i < pieces.size(); i++) {
        Piece piece = pieces.get(i);
        long at = piece.position() + piece.offset();
        mapped.add(new Extent(extents.get(i).fileOffset(), at, piece.length(), false));
      }
      return new FileContent.Mapped(size, mapped);
    }
    EncodedPieces bytes = new EncodedPieces(extents, index -> decode(pieces.get(index)));
    return new FileContent.Encoded(size, extents, bytes);
  }

  private static EncodedExtent extent(long fileOffset, Piece piece) {
    ByteRange stored = new ByteRange(piece.position(), piece.storedBytes());
    return new EncodedExtent(fileOffset, piece.length(), stored);
  }

  private void readBlocks(
      DiskInode file, long start, long blocks, List<EncodedExtent> extents, List<Piece> pieces)
      throws IOException {
    int blockSize = metadata.superblock.blockSizeBytes();
    long position = start;
    for (long i = 0; i < blocks; i++) {
      int stored = file.rest().u32le();
      int bytes = stored & (UNCOMPRESSED - 1);
      if (bytes == 0) {
        continue;
      }
      long fileOffset = i * blockSize;
      int length = (int) Math.min(blockSize, file.inode().sizeBytes() - fileOffset);
      Piece piece = new Piece(position, stored, 0, length, false);
      check(piece, blockSize);
      if (pieces.size() >= MAX_STORED_BLOCKS) {
        throw file.rest().corrupt(SquashfsFault.BLOCK_LIMIT, "block list", "");
      }
      extents.add(extent(fileOffset, piece));
      pieces.add(piece);
      position += bytes;
    }
  }

  private void check(Piece piece, int maxBytes) throws IOException {
    int bytes = piece.storedBytes();
    boolean outside = piece.position() < 0 || piece.position() > metadata.end() - bytes;
    if (outside || piece.stored() >>> 25 != 0) {
      throw metadata.corrupt(
          SquashfsFault.BLOCK_RANGE, Math.max(0, piece.position()), "block", bytes + " bytes");
    }
    boolean tooLong = bytes > maxBytes;
    boolean tooShort = !piece.compressed() && bytes < piece.offset() + piece.length();
    if (tooLong || tooShort) {
      throw metadata.corrupt(
          SquashfsFault.BLOCK_LENGTH, piece.position(), "block", bytes + " bytes");
    }
  }

  private Piece fragment(long number, long offset, int length) throws IOException {
    StructView entry =
        fragments.record("squashfs_fragment_entry", number, SquashfsFault.FRAGMENT_INDEX);
    int blockSize = metadata.superblock.blockSizeBytes();
    if (offset > blockSize - length) {
      throw entry.corrupt(SquashfsFault.BLOCK_LENGTH, 0, length + " bytes at " + offset);
    }
    Piece piece = new Piece(entry.u64le(0), entry.i32le(8), (int) offset, length, true);
    if (piece.storedBytes() == 0) {
      throw entry.corrupt(SquashfsFault.BLOCK_LENGTH, 8, "empty fragment block");
    }
    check(piece, blockSize);
    return piece;
  }

  /** The bytes of a piece; whole blocks are kept for the reads that follow. */
  private byte[] decode(Piece piece) throws IOException {
    byte[] block = kept.get(piece.position());
    if (block == null) {
      block = decodeBlock(piece);
      kept.put(piece.position(), block);
    }
    if (block.length < piece.offset() + piece.length()) {
      throw metadata.corrupt(
          SquashfsFault.BLOCK_LENGTH,
          piece.position(),
          "block",
          block.length + " bytes instead of " + (piece.offset() + piece.length()));
    }
    return piece.shared()
        ? Arrays.copyOfRange(block, piece.offset(), piece.offset() + piece.length())
        : block;
  }

  private byte[] decodeBlock(Piece piece) throws IOException {
    byte[] stored = metadata.read(piece.position(), piece.storedBytes(), SquashfsFault.BLOCK_RANGE);
    if (!piece.compressed()) {
      return stored;
    }
    byte[] out = new byte[metadata.superblock.blockSizeBytes()];
    try {
      int made = metadata.superblock.codec().decode(stored, 0, stored.length, out, 0, out.length);
      return made == out.length ? out : Arrays.copyOf(out, made);
    } catch (DecodeException e) {
      String detail = String.valueOf(e.getMessage());
      throw metadata.corrupt(SquashfsFault.BLOCK_DECODE, piece.position(), "block", detail);
    }
  }
}
