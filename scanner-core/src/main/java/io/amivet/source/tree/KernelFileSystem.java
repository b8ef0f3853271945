package io.amivet.source.tree;

/**
 * File systems that hold no files of an image: the kernel makes them up or keeps them in memory.
 */
enum KernelFileSystem {
  AUTOFS(0x0187),
  BINFMTFS(0x42494e4d),
  BPF(0xcafe4a11),
  CGROUP(0x0027e0eb),
  CGROUP2(0x63677270),
  CONFIGFS(0x62656570),
  DEBUGFS(0x64626720),
  DEVPTS(0x1cd1),
  EFIVARFS(0xde5e81e4),
  FUSECTL(0x65735543),
  HUGETLBFS(0x958458f6),
  MQUEUE(0x19800202),
  NSFS(0x6e736673),
  PROC(0x9fa0),
  PSTORE(0x6165676c),
  RAMFS(0x858458f6),
  RPC_PIPEFS(0x67596969),
  SECURITYFS(0x73636673),
  SELINUX(0xf97cff8c),
  SYSFS(0x62656572),
  /** Also devtmpfs. */
  TMPFS(0x01021994),
  TRACEFS(0x74726163);

  /** From linux/magic.h. */
  private final int magic;

  KernelFileSystem(int magic) {
    this.magic = magic;
  }

  /** Whether an {@code f_type} is one of these. */
  static boolean isOne(long type) {
    for (KernelFileSystem fs : values()) {
      if (fs.magic == (int) type) {
        return true;
      }
    }
    return false;
  }
}
