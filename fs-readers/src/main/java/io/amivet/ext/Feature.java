package io.amivet.ext;

/**
 * The feature bits of {@code ext4.h} ({@code EXT4_FEATURE_*}), each with what reading it means. The
 * names are those that {@code dumpe2fs} prints.
 */
enum Feature {
  DIR_PREALLOC(Word.COMPAT, 0x1, "dir_prealloc", Verdict.READ),
  IMAGIC_INODES(Word.COMPAT, 0x2, "imagic_inodes", Verdict.READ),
  HAS_JOURNAL(Word.COMPAT, 0x4, "has_journal", Verdict.READ),
  EXT_ATTR(Word.COMPAT, 0x8, "ext_attr", Verdict.READ),
  RESIZE_INODE(Word.COMPAT, 0x10, "resize_inode", Verdict.READ),
  DIR_INDEX(Word.COMPAT, 0x20, "dir_index", Verdict.READ),
  LAZY_BG(Word.COMPAT, 0x40, "lazy_bg", Verdict.NOTE),
  EXCLUDE_BITMAP(Word.COMPAT, 0x100, "snapshot_bitmap", Verdict.NOTE),
  SPARSE_SUPER2(Word.COMPAT, 0x200, "sparse_super2", Verdict.READ),
  FAST_COMMIT(Word.COMPAT, 0x400, "fast_commit", Verdict.READ),
  STABLE_INODES(Word.COMPAT, 0x800, "stable_inodes", Verdict.READ),
  ORPHAN_FILE(Word.COMPAT, 0x1000, "orphan_file", Verdict.READ),

  COMPRESSION(Word.INCOMPAT, 0x1, "compression", Verdict.REFUSE),
  FILETYPE(Word.INCOMPAT, 0x2, "filetype", Verdict.READ),
  RECOVER(Word.INCOMPAT, 0x4, "needs_recovery", Verdict.READ),
  JOURNAL_DEV(Word.INCOMPAT, 0x8, "journal_dev", Verdict.REFUSE),
  META_BG(Word.INCOMPAT, 0x10, "meta_bg", Verdict.READ),
  EXTENTS(Word.INCOMPAT, 0x40, "extent", Verdict.READ),
  SIXTY_FOUR_BIT(Word.INCOMPAT, 0x80, "64bit", Verdict.READ),
  MMP(Word.INCOMPAT, 0x100, "mmp", Verdict.READ),
  FLEX_BG(Word.INCOMPAT, 0x200, "flex_bg", Verdict.READ),
  EA_INODE(Word.INCOMPAT, 0x400, "ea_inode", Verdict.READ),
  DIRDATA(Word.INCOMPAT, 0x1000, "dirdata", Verdict.READ),
  CSUM_SEED(Word.INCOMPAT, 0x2000, "metadata_csum_seed", Verdict.READ),
  LARGEDIR(Word.INCOMPAT, 0x4000, "large_dir", Verdict.READ),
  INLINE_DATA(Word.INCOMPAT, 0x8000, "inline_data", Verdict.READ),
  ENCRYPT(Word.INCOMPAT, 0x10000, "encrypt", Verdict.NOTE),
  CASEFOLD(Word.INCOMPAT, 0x20000, "casefold", Verdict.READ),

  SPARSE_SUPER(Word.RO_COMPAT, 0x1, "sparse_super", Verdict.READ),
  LARGE_FILE(Word.RO_COMPAT, 0x2, "large_file", Verdict.READ),
  BTREE_DIR(Word.RO_COMPAT, 0x4, "btree_dir", Verdict.READ),
  HUGE_FILE(Word.RO_COMPAT, 0x8, "huge_file", Verdict.READ),
  GDT_CSUM(Word.RO_COMPAT, 0x10, "uninit_bg", Verdict.READ),
  DIR_NLINK(Word.RO_COMPAT, 0x20, "dir_nlink", Verdict.READ),
  EXTRA_ISIZE(Word.RO_COMPAT, 0x40, "extra_isize", Verdict.READ),
  HAS_SNAPSHOT(Word.RO_COMPAT, 0x80, "snapshot", Verdict.NOTE),
  QUOTA(Word.RO_COMPAT, 0x100, "quota", Verdict.READ),
  BIGALLOC(Word.RO_COMPAT, 0x200, "bigalloc", Verdict.READ),
  METADATA_CSUM(Word.RO_COMPAT, 0x400, "metadata_csum", Verdict.READ),
  REPLICA(Word.RO_COMPAT, 0x800, "replica", Verdict.NOTE),
  READONLY(Word.RO_COMPAT, 0x1000, "read-only", Verdict.READ),
  PROJECT(Word.RO_COMPAT, 0x2000, "project", Verdict.READ),
  SHARED_BLOCKS(Word.RO_COMPAT, 0x4000, "shared_blocks", Verdict.READ),
  VERITY(Word.RO_COMPAT, 0x8000, "verity", Verdict.READ),
  ORPHAN_PRESENT(Word.RO_COMPAT, 0x10000, "orphan_present", Verdict.NOTE);

  /** Which of the three words of the superblock holds a bit. */
  enum Word {
    /** {@code s_feature_compat}: a reader that does not know the bit may go on. */
    COMPAT("compatible"),
    /** {@code s_feature_incompat}: a reader that does not know the bit must not read. */
    INCOMPAT("incompatible"),
    /** {@code s_feature_ro_compat}: a reader that does not know the bit must not write. */
    RO_COMPAT("read-only compatible");

    private final String label;

    Word(String label) {
      this.label = label;
    }

    /** How a bit without a name is called. */
    String unknown(int bit) {
      return "unknown " + label + " feature 0x" + Integer.toHexString(bit);
    }
  }

  /** What a set bit means to this reader. */
  enum Verdict {
    /** Read in full, or of no concern to a reader. */
    READ,
    /** Read, and the person is told. */
    NOTE,
    /** The volume cannot be read. */
    REFUSE
  }

  private final Word word;
  private final int bit;
  private final String label;
  private final Verdict verdict;

  Feature(Word word, int bit, String label, Verdict verdict) {
    this.word = word;
    this.bit = bit;
    this.label = label;
    this.verdict = verdict;
  }

  Word word() {
    return word;
  }

  int bit() {
    return bit;
  }

  String label() {
    return label;
  }

  Verdict verdict() {
    return verdict;
  }
}
