package io.amivet.source.disk;

import io.amivet.block.BlockDevice;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/**
 * The disks in a tar archive: those that its OVF descriptor names, in that order, else all members
 * that are disks by their contents. They are read in place.
 */
public final class ArchivedDisks {
  /** An archive with more compressed members than this is no box around a disk. */
  private static final int MAX_COMPRESSED = 16;

  private static final int MAX_DISKS = 64;

  private final BlockDevice file;
  private final TarArchive archive;
  private final HeadReader heads;
  private final List<String> losses = new ArrayList<>();
  private int compressed;

  /** Looks into compressed members. */
  public interface HeadReader {

    /**
     * The decompressed start of a file; empty if it is not compressed.
     *
     * @throws IOException if its start cannot be decompressed
     */
    Optional<BlockDevice> decompressedHead(BlockDevice file) throws IOException;
  }

  private ArchivedDisks(BlockDevice file, TarArchive archive, HeadReader heads) {
    this.file = file;
    this.archive = archive;
    this.heads = heads;
  }

  /** A member that is a disk or a compressed one. */
  public record Member(String name, BlockDevice contents, Siblings siblings) {}

  /**
   * What an archive holds.
   *
   * @param losses why disks may be missing, one sentence each
   */
  public record Found(List<Member> members, List<String> losses) {}

  /** Whether a file is a tar archive. */
  public static boolean isArchive(BlockDevice file) throws IOException {
    return TarArchive.probe(file);
  }

  /**
   * The disks in the archive {@code file}.
   *
   * @throws UnreadableDiskException if there is none
   */
  public static Found find(BlockDevice file, HeadReader heads) throws IOException {
    return new ArchivedDisks(file, TarArchive.read(file), heads).find();
  }

  private Found find() throws IOException {
    archive.damage().ifPresent(losses::add);
    List<TarMember> chosen = namedByOvf();
    if (chosen.isEmpty()) {
      chosen = recognized();
    }
    if (chosen.isEmpty()) {
      throw new UnreadableDiskException(
          file
              + " is a tar archive without a disk image in it"
              + String.join("", losses.stream().map(loss -> "; " + loss).toList())
              + "; to scan the tree of files in it, unpack it and name the folder",
          null);
    }
    List<Member> members = new ArrayList<>();
    for (TarMember member : chosen) {
      members.add(new Member(member.name(), member.open(file), siblingsOf(member)));
    }
    return new Found(members, losses);
  }

  private List<TarMember> namedByOvf() throws IOException {
    List<TarMember> disks = new ArrayList<>();
    for (TarMember ovf : archive.members()) {
      if (!ovf.name().toLowerCase(Locale.ROOT).endsWith(".ovf")
          || ovf.sizeBytes() > OvfDescriptor.MAX_BYTES) {
        continue;
      }
      try {
        BlockDevice text = ovf.open(file);
        byte[] bytes = text.view(0, text.sizeBytes()).toArray(ValueLayout.JAVA_BYTE);
        addNamed(OvfDescriptor.parse(bytes), ovf, disks);
      } catch (XMLStreamException | RuntimeException e) {
        losses.add("the OVF descriptor " + ovf.name() + " cannot be read: " + e.getMessage());
      }
    }
    return disks;
  }

  private void addNamed(OvfDescriptor descriptor, TarMember ovf, List<TarMember> disks) {
    for (String name : descriptor.diskFiles()) {
      Optional<TarMember> member = besides(ovf, name);
      if (member.isEmpty()) {
        losses.add("the disk " + name + " that " + ovf.name() + " names is not in the archive");
      } else if (disks.size() < MAX_DISKS) {
        disks.add(member.get());
      }
    }
  }

  private List<TarMember> recognized() throws IOException {
    List<TarMember> disks = new ArrayList<>();
    for (TarMember member : archive.members()) {
      if (disks.size() < MAX_DISKS && isDisk(member.open(file))) {
        disks.add(member);
      }
    }
    boolean alone = archive.members().size() == 1 && isWholeSectors(archive.members().getFirst());
    return disks.isEmpty() && alone ? archive.members() : disks;
  }

  private static boolean isWholeSectors(TarMember member) {
    return member.sizeBytes() > 0 && member.sizeBytes() % 512 == 0;
  }

  private boolean isDisk(BlockDevice member) throws IOException {
    if (DiskFormats.matches(member) || DiskSignature.isDisk(member)) {
      return true;
    }
    if (compressed >= MAX_COMPRESSED) {
      return false;
    }
    Optional<BlockDevice> head;
    try {
      head = heads.decompressedHead(member);
    } catch (IOException notSound) {
      return false;
    }
    compressed += head.isPresent() ? 1 : 0;
    return head.isPresent()
        && (DiskFormats.matches(head.get()) || DiskSignature.isDisk(head.get()));
  }

  private Optional<TarMember> besides(TarMember member, String name) {
    String folder = member.name().substring(0, member.name().lastIndexOf('/') + 1);
    return archive.members().stream()
        .filter(other -> other.name().equals(folder + name))
        .reduce((first, last) -> last);
  }

  private Siblings siblingsOf(TarMember member) {
    Map<String, BlockDevice> opened = new HashMap<>();
    return name -> {
      Optional<TarMember> sibling = besides(member, name);
      if (sibling.isEmpty()) {
        throw new UnreadableDiskException(
            "the file '" + name + "' that " + member.name() + " names is not in " + file, null);
      }
      BlockDevice known = opened.get(name);
      if (known == null) {
        known = sibling.get().open(file);
        opened.put(name, known);
      }
      return known;
    };
  }
}
