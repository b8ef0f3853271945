package io.amivet.ext;

import io.amivet.block.UnsupportedFeatureException;
import java.util.ArrayList;
import java.util.List;

/** The three feature words of a superblock. */
record FeatureSet(int compat, int incompat, int roCompat) {
  private static final int EXT2_INCOMPAT = Feature.FILETYPE.bit() | Feature.META_BG.bit();
  private static final int EXT3_INCOMPAT = EXT2_INCOMPAT | Feature.RECOVER.bit();
  private static final int EXT3_RO_COMPAT =
      Feature.SPARSE_SUPER.bit() | Feature.LARGE_FILE.bit() | Feature.BTREE_DIR.bit();

  boolean has(Feature feature) {
    return (word(feature.word()) & feature.bit()) != 0;
  }

  private int word(Feature.Word word) {
    return switch (word) {
      case COMPAT -> compat;
      case INCOMPAT -> incompat;
      case RO_COMPAT -> roCompat;
    };
  }

  /** Throws if the volume cannot be read, naming every feature that is to blame. */
  void refuseUnsupported() throws UnsupportedFeatureException {
    List<String> refused = named(Feature.Verdict.REFUSE);
    refused.addAll(unknown(Feature.Word.INCOMPAT));
    if (!refused.isEmpty()) {
      throw new UnsupportedFeatureException(type(), refused);
    }
  }

  /** What a person should know of the features, in the order of the bits. */
  List<String> notes() {
    List<String> notes = named(Feature.Verdict.NOTE);
    notes.addAll(unknown(Feature.Word.COMPAT));
    notes.addAll(unknown(Feature.Word.RO_COMPAT));
    notes.replaceAll(feature -> "feature " + feature);
    return notes;
  }

  private List<String> named(Feature.Verdict verdict) {
    List<String> names = new ArrayList<>();
    for (Feature feature : Feature.values()) {
      if (feature.verdict() == verdict && has(feature)) {
        names.add(feature.label());
      }
    }
    return names;
  }

  private List<String> unknown(Feature.Word word) {
    int rest = word(word);
    for (Feature feature : Feature.values()) {
      if (feature.word() == word) {
        rest &= ~feature.bit();
      }
    }
    List<String> names = new ArrayList<>();
    for (; rest != 0; rest &= rest - 1) {
      names.add(word.unknown(Integer.lowestOneBit(rest)));
    }
    return names;
  }

  /** {@code ext2}, {@code ext3} or {@code ext4} by the rules of {@code blkid}. */
  String type() {
    boolean beyondExt3 = (roCompat & ~EXT3_RO_COMPAT) != 0 || (incompat & ~EXT3_INCOMPAT) != 0;
    if (has(Feature.JOURNAL_DEV)) {
      return "jbd";
    }
    if (beyondExt3) {
      return "ext4";
    }
    return has(Feature.HAS_JOURNAL) ? "ext3" : "ext2";
  }
}
