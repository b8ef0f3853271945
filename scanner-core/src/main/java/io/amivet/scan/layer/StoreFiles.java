package io.amivet.scan.layer;

import com.fasterxml.jackson.databind.JsonNode;
import io.amivet.artifact.Json;
import io.amivet.fs.ContentReader;
import io.amivet.fs.FileEntry;
import io.amivet.fs.FileSystemView;
import io.amivet.fs.FsPath;
import io.amivet.fs.Inode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The small files in which an engine keeps its records, by their paths in the store. Read when
 * asked for, so many bytes in all at most; what cannot be read is as if it were not there, since
 * names are all that is lost with it.
 */
final class StoreFiles {
  private static final int MAX_FILE_BYTES = 32 << 20;
  private static final long MAX_BYTES = 64 << 20;

  private final FileSystemView fs;
  private final NavigableMap<String, Inode> files;
  private long leftBytes = MAX_BYTES;

  private StoreFiles(FileSystemView fs, NavigableMap<String, Inode> files) {
    this.fs = fs;
    this.files = files;
  }

  /** The records of {@code store}: all small regular files in it that are in no layer. */
  static StoreFiles of(
      FileSystemView fs, List<FileEntry> entries, FsPath store, Collection<String> folders) {
    NavigableMap<String, Inode> files = new TreeMap<>();
    int start = store.isRoot() ? 1 : store.length() + 1;
    for (FileEntry entry : entries) {
      Inode inode = entry.inode();
      if (inode.isRegular()
          && !inode.encrypted()
          && inode.sizeBytes() <= MAX_FILE_BYTES
          && entry.path().startsWith(store)) {
        String inStore = entry.path().latin1().substring(start);
        if (folders.stream().anyMatch(inStore::startsWith)) {
          files.put(inStore, inode);
        }
      }
    }
    return new StoreFiles(fs, files);
  }

  boolean isEmpty() {
    return files.isEmpty();
  }

  /** The paths that start with {@code prefix}, sorted. */
  Collection<String> below(String prefix) {
    return files.subMap(prefix, prefix + Character.MAX_VALUE).keySet();
  }

  /** Latin-1, trimmed; empty if it is not there. */
  String text(String path) {
    return new String(bytes(path), StandardCharsets.ISO_8859_1).strip();
  }

  /** A missing node if it is not there or is no JSON. */
  JsonNode json(String path) {
    return Json.tree(bytes(path));
  }

  byte[] bytes(String path) {
    Inode inode = files.get(path);
    if (inode == null || inode.sizeBytes() > leftBytes) {
      return new byte[0];
    }
    leftBytes -= inode.sizeBytes();
    try {
      return new ContentReader(fs.volume(), fs.content(inode)).readUpTo(MAX_FILE_BYTES);
    } catch (IOException | InternalError unreadable) {
      // The scan of the file itself meets the same fault, and says so.
      return new byte[0];
    }
  }
}
