package io.amivet.cli;

import io.amivet.block.CorruptImageException;
import io.amivet.block.UnsupportedFeatureException;
import io.amivet.fs.EncodedExtent;
import io.amivet.fs.Extent;
import io.amivet.fs.FileContent;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FileType;
import io.amivet.fs.Inode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** All that is known of one file, as text for a person. */
final class StatSheet {
  /** A value longer than this is shown in part. */
  private static final int MAX_VALUE_BYTES = 1024;

  private final OpenVolume volume;
  private final FileEntry entry;
  private final Notes notes;
  private final StringBuilder text = new StringBuilder();

  StatSheet(OpenVolume volume, FileEntry entry, Notes notes) {
    this.volume = volume;
    this.entry = entry;
    this.notes = notes;
  }

  String text() throws IOException {
    Inode inode = entry.inode();
    row("path", TerminalText.escape(entry.path()));
    row("volume", volume.index() + " (" + TerminalText.escape(volume.volume().name()) + ")");
    row("inode", volume.fs().shownInodeNumber(inode.number()));
    row("type", inode.type().label());
    row(
        "mode",
        String.format(Locale.ROOT, "%04o", inode.mode()) + " " + PlainListing.permissions(inode));
    row("uid", inode.uid());
    row("gid", inode.gid());
    row("links", inode.linkCount());
    row("size", inode.sizeBytes());
    if (inode.type() == FileType.CHAR || inode.type() == FileType.BLOCK) {
      row("device", inode.deviceMajor() + ", " + inode.deviceMinor());
    }
    if (inode.encrypted()) {
      row("encrypted", "yes (fscrypt)");
    }
    times(inode);
    optional("target", this::target);
    optional("attributes", this::attributes);
    optional("contents", this::contents);
    return text.toString();
  }

  private void times(Inode inode) {
    row("accessed", TimeText.nanoseconds(inode.accessed()));
    row("modified", TimeText.nanoseconds(inode.modified()));
    row("changed", TimeText.nanoseconds(inode.changed()));
    Instant created = inode.created();
    if (created != null) {
      row("created", TimeText.nanoseconds(created));
    }
  }

  /** A part of the sheet that may be damaged while the others are not. */
  private interface Part {
    void append() throws IOException;
  }

  private void optional(String name, Part part) throws IOException {
    try {
      part.append();
    } catch (CorruptImageException | UnsupportedFeatureException e) {
      notes.loss("cannot read the " + name + ": " + e.getMessage());
    }
  }

  private void target() throws IOException {
    if (entry.inode().type() == FileType.SYMLINK) {
      row("target", TerminalText.escape(volume.fs().symlinkTarget(entry.inode())));
    }
  }

  private void attributes() throws IOException {
    Map<String, byte[]> sorted = new TreeMap<>(volume.fs().extendedAttributes(entry.inode()));
    sorted.forEach((name, value) -> row("xattr", TerminalText.escape(name) + " = " + show(value)));
  }

  private static String show(byte[] value) {
    byte[] shown = java.util.Arrays.copyOf(value, Math.min(value.length, MAX_VALUE_BYTES));
    String rest = shown.length < value.length ? " … (" + value.length + " bytes)" : "";
    for (byte b : shown) {
      if (b < 0x20 || b == 0x7f) {
        return "0x" + HexFormat.of().formatHex(shown) + rest;
      }
    }
    return '"' + new String(shown, StandardCharsets.US_ASCII) + '"' + rest;
  }

  private void contents() throws IOException {
    Inode inode = entry.inode();
    if (!inode.isRegular() && !inode.isDirectory() && inode.type() != FileType.SYMLINK) {
      return;
    }
    switch (volume.fs().content(inode)) {
      case FileContent.Inline inline -> row("contents", inline.sizeBytes() + " bytes in the inode");
      case FileContent.Mapped mapped -> {
        for (Extent extent : mapped.extents()) {
          row("extent", describe(extent));
        }
      }
      case FileContent.Encoded encoded -> {
        for (EncodedExtent extent : encoded.extents()) {
          row("extent", describe(extent));
        }
      }
    }
  }

  private String describe(Extent extent) {
    return String.format(
        Locale.ROOT,
        "file %d..%d at volume offset %d, image offset %d%s",
        extent.fileOffset(),
        extent.fileEnd(),
        extent.volumeOffset(),
        volume.fs().volume().imageOffset(extent.volumeOffset()),
        extent.unwritten() ? " (unwritten)" : "");
  }

  private String describe(EncodedExtent extent) {
    String stored =
        extent.stored().length() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                " from %d bytes at volume offset %d, image offset %d",
                extent.stored().length(),
                extent.stored().offset(),
                volume.fs().volume().imageOffset(extent.stored().offset()));
    return String.format(
        Locale.ROOT, "file %d..%d%s (encoded)", extent.fileOffset(), extent.fileEnd(), stored);
  }

  private void row(String name, Object value) {
    text.append(String.format(Locale.ROOT, "%-10s %s%n", name, value));
  }
}
