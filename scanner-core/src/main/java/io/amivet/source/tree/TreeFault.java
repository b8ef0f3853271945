package io.amivet.source.tree;

import io.amivet.block.Fault;

/** What can be wrong with a file of a tree of this machine. */
enum TreeFault implements Fault {
  DENIED("host.denied", "permission denied"),
  FAILED("host.failed", "system call failed"),
  CHANGED("host.changed", "file was replaced, cut short or removed while it was read"),
  /** It is not part of the image: nothing is lost. */
  KERNEL_MOUNT("host.kernel", "what is mounted here is made up by the kernel and was left out"),
  OTHER_MOUNT(
      "host.mount",
      "another file system is mounted here and was not entered; name it as a target of its own");

  private final String code;
  private final String summary;

  TreeFault(String code, String summary) {
    this.code = code;
    this.summary = summary;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public String summary() {
    return summary;
  }
}
