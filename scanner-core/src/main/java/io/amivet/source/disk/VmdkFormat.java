package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.UnsupportedFeatureException;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * VMware's format: sparse extents in one file (also compressed, as in OVA archives), and descriptor
 * files with sparse or flat extents beside them.
 */
final class VmdkFormat implements DiskFormat {
  private static final String COWD_MAGIC = "COWD";
  private static final String SESPARSE_MAGIC = "\u00be\u00ba\u00fe\u00ca";
  private static final int HEAD_BYTES = 64;
  private static final long MAX_SECTORS = Long.MAX_VALUE / VmdkSparseHeader.SECTOR_BYTES;

  @Override
  public String label() {
    return "vmdk";
  }

  @Override
  public boolean probe(BlockDevice file) throws IOException {
    int headBytes = (int) Math.min(HEAD_BYTES, file.sizeBytes());
    return Magic.isAt(file, 0, VmdkSparseHeader.MAGIC)
        || Magic.isAt(file, 0, COWD_MAGIC)
        || Magic.isAt(file, 0, SESPARSE_MAGIC)
        || VmdkDescriptor.starts(file.view(0, headBytes).toArray(ValueLayout.JAVA_BYTE));
  }

  @Override
  public VirtualDisk open(BlockDevice file, Siblings siblings) throws IOException {
    if (Magic.isAt(file, 0, COWD_MAGIC)) {
      throw unsupported(file, "an ESX sparse extent (COWD)");
    }
    if (Magic.isAt(file, 0, SESPARSE_MAGIC)) {
      throw unsupported(file, "a space-efficient sparse extent (SESPARSE)");
    }
    return Magic.isAt(file, 0, VmdkSparseHeader.MAGIC)
        ? openSparse(file)
        : openDescriptor(file, siblings);
  }

  private static UnsupportedFeatureException unsupported(BlockDevice file, String feature) {
    return new UnsupportedFeatureException("the vmdk image " + file, List.of(feature));
  }

  private static VirtualDisk openSparse(BlockDevice file) throws IOException {
    VmdkSparseHeader header = VmdkSparseHeader.read(file);
    VmdkSparseMap map = new VmdkSparseMap(file, header);
    long at = header.descriptorOffset();
    long length = Math.min(header.descriptorBytes(), VmdkDescriptor.MAX_BYTES);
    if (at == 0 || length == 0 || at > file.sizeBytes() - length) {
      String part = file + " has no descriptor: it may be one part of a disk in several files";
      return new VirtualDisk(
          file.toString(), map, 512, new VirtualDisk.Findings(List.of(), List.of(part)));
    }
    byte[] text = file.view(at, length).toArray(ValueLayout.JAVA_BYTE);
    VmdkDescriptor descriptor = VmdkDescriptor.parse("the vmdk image " + file, text);
    if (descriptor.extents().size() > 1) {
      throw unsupported(file, "more extents than this one; give the descriptor file instead");
    }
    return new VirtualDisk(file.toString(), map);
  }

  private static VirtualDisk openDescriptor(BlockDevice file, Siblings siblings)
      throws IOException {
    if (file.sizeBytes() > VmdkDescriptor.MAX_BYTES) {
      throw unsupported(file, "a descriptor of " + file.sizeBytes() + " bytes");
    }
    byte[] text = file.view(0, file.sizeBytes()).toArray(ValueLayout.JAVA_BYTE);
    VmdkDescriptor descriptor = VmdkDescriptor.parse("the vmdk image " + file, text);
    if (descriptor.extents().isEmpty()) {
      throw new CorruptImageException(DiskFault.HEADER, 0, "descriptor", "it names no extent");
    }
    List<DiskMap> parts = new ArrayList<>();
    for (VmdkDescriptor.Extent extent : descriptor.extents()) {
      parts.add(part(file, extent, siblings));
    }
    try {
      return new VirtualDisk(file.toString(), new ConcatMap(parts));
    } catch (ArithmeticException tooLarge) {
      throw new CorruptImageException(DiskFault.HEADER, 0, "descriptor", "extents too large");
    }
  }

  private static DiskMap part(BlockDevice file, VmdkDescriptor.Extent extent, Siblings siblings)
      throws IOException {
    if (extent.sizeSectors() > MAX_SECTORS || extent.offsetSectors() > MAX_SECTORS / 2) {
      throw new CorruptImageException(DiskFault.HEADER, 0, "descriptor", extent.toString());
    }
    long sizeBytes = extent.sizeSectors() * VmdkSparseHeader.SECTOR_BYTES;
    return switch (extent.type()) {
      case "ZERO" -> new ZeroMap(sizeBytes);
      case "FLAT", "VMFS" ->
          new LinearMap(
              siblings.open(extent.fileName()),
              extent.offsetSectors() * VmdkSparseHeader.SECTOR_BYTES,
              sizeBytes);
      case "SPARSE" -> {
        BlockDevice part = siblings.open(extent.fileName());
        yield new SizedMap(new VmdkSparseMap(part, VmdkSparseHeader.read(part)), sizeBytes);
      }
      default -> throw unsupported(file, "an extent of type " + extent.type());
    };
  }

  /** A part of a disk that nothing is stored of. */
  private record ZeroMap(long sizeBytes) implements DiskMap {
    @Override
    public Run runAt(long offset) {
      return new Run.Zeros(sizeBytes - offset);
    }
  }

  /** A map cut or filled up with zeros to the size that the descriptor states. */
  private record SizedMap(DiskMap map, long sizeBytes) implements DiskMap {
    @Override
    public Run runAt(long offset) throws IOException {
      long mapped = map.sizeBytes() - offset;
      return mapped > 0 ? map.runAt(offset).first(mapped) : new Run.Zeros(sizeBytes - offset);
    }
  }
}
