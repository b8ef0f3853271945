package io.amivet.volume;

import io.amivet.block.BlockDevice;
import io.amivet.block.CorruptImageException;
import io.amivet.block.MappedDevice;
import io.amivet.fs.FileSystemFormat;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what a volume holds and whether amivet reads it. */
final class VolumeIdentifier {
  private static final String EFI_SYSTEM = PartitionKind.EFI_SYSTEM.label();

  private final List<FileSystemFormat> formats;

  VolumeIdentifier(List<FileSystemFormat> formats) {
    this.formats = formats;
  }

  /** The volume's place in the listing, before its contents are known. */
  record Place(
      int index, BlockDevice device, String kind, String name, @Nullable Partition partition) {

    Place(int index, BlockDevice device, String kind, String name) {
      this(index, device, kind, name, null);
    }

    Volume volume(Identity identity, VolumeState state, String reason, boolean holdsData) {
      return volume(identity, state, reason, holdsData, null);
    }

    Volume volume(
        Identity identity,
        VolumeState state,
        String reason,
        boolean holdsData,
        @Nullable FileSystemFormat format) {
      return new Volume(
          index,
          device,
          kind,
          name,
          identity.type(),
          identity.label(),
          identity.uuid(),
          state,
          reason,
          holdsData,
          format,
          partition);
    }

    Volume unsupported(String reason, boolean holdsData) {
      return volume(NOTHING, VolumeState.UNSUPPORTED, reason, holdsData);
    }

    Volume unreadable(String reason) {
      return volume(NOTHING, VolumeState.UNREADABLE, reason, true);
    }
  }

  private static final Identity NOTHING = new Identity("", "", "", "");

  private record Recognized(ContentSignature signature, Identity identity) {}

  /** Never throws: a source that fails makes the volume unreadable, and the others go on. */
  Volume identify(Place place) {
    try {
      return identifyContents(place);
    } catch (IOException e) {
      return place.unreadable(String.valueOf(e.getMessage()));
    }
  }

  private Volume identifyContents(Place place) throws IOException {
    Optional<Recognized> recognized = recognize(place.device());
    boolean container = recognized.isPresent() && recognized.get().signature().isContainer();
    if (!container) {
      for (FileSystemFormat format : formats) {
        if (accepts(format, place.device())) {
          Identity identity =
              recognized
                  .map(Recognized::identity)
                  .orElseGet(() -> new Identity(format.name(), "", "", ""));
          String reason = missing(place);
          return place.volume(identity, VolumeState.READ, reason, true, format);
        }
      }
    }
    return recognized.isPresent() ? unread(place, recognized.get()) : unrecognized(place);
  }

  private static boolean accepts(FileSystemFormat format, BlockDevice device) throws IOException {
    try {
      return format.probe(device);
    } catch (CorruptImageException cutOff) {
      return false;
    }
  }

  private static Optional<Recognized> recognize(BlockDevice device) throws IOException {
    for (ContentSignature signature : ContentSignature.values()) {
      Optional<Identity> identity = signature.recognize(device);
      if (identity.isPresent()) {
        return Optional.of(new Recognized(signature, identity.get()));
      }
    }
    return Optional.empty();
  }

  private static Volume unread(Place place, Recognized recognized) {
    ContentSignature signature = recognized.signature();
    Identity identity = recognized.identity();
    boolean efiSystem = signature == ContentSignature.VFAT && place.kind().equals(EFI_SYSTEM);
    StringBuilder reason = new StringBuilder(signature.description());
    if (efiSystem) {
      reason.append(" of the EFI system partition");
    }
    if (!identity.detail().isEmpty()) {
      reason.append(" (").append(identity.detail()).append(')');
    }
    if (!missing(place).isEmpty()) {
      reason.append("; ").append(missing(place));
    }
    boolean holdsData = signature.holdsData() && !efiSystem;
    return place.volume(identity, signature.state(), reason.toString(), holdsData);
  }

  private static Volume unrecognized(Place place) throws IOException {
    String missing = missing(place);
    boolean bootLoader =
        place.kind().equals(PartitionKind.BIOS_BOOT.label())
            || place.kind().equals(PartitionKind.PREP_BOOT.label());
    if (bootLoader) {
      String reason = "boot loader code, no file system by design";
      return place.volume(NOTHING, VolumeState.EMPTY, reason, false);
    }
    if (!missing.isEmpty()) {
      return place.unreadable(missing);
    }
    return switch (ZeroCheck.of(place.device())) {
      case ONLY_ZEROS -> place.volume(NOTHING, VolumeState.EMPTY, "only zeros", false);
      case HAS_DATA -> place.volume(NOTHING, VolumeState.UNSUPPORTED, "no known file system", true);
      case UNKNOWN ->
          place.volume(
              NOTHING,
              VolumeState.UNSUPPORTED,
              "no known file system, and only zeros in the first "
                  + (ZeroCheck.LIMIT_BYTES >> 20)
                  + " MiB of data",
              true);
    };
  }

  private static String missing(Place place) {
    if (place.device() instanceof TruncatedDevice cut) {
      return cut.missingBytes() == cut.sizeBytes()
          ? "starts past the end of the image"
          : "the image ends " + cut.missingBytes() + " bytes before the volume does";
    }
    return place.device() instanceof MappedDevice mapped
        ? String.join("; ", mapped.absences())
        : "";
  }
}
