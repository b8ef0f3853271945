package io.amivet.xfs;

import io.amivet.block.StructView;
import java.io.IOException;

/**
 * A piece of a transaction inside a record, {@code struct xlog_op_header} of {@code
 * xfs_log_format.h}.
 *
 * @param transaction {@code oh_tid}
 * @param data offset of its bytes in the payload
 */
record LogOperation(int transaction, int flags, int data, int lengthBytes) {
  static final int HEADER_BYTES = 12;
  static final int START = 0x01;
  static final int COMMIT = 0x02;
  static final int CONTINUE = 0x04;
  static final int WAS_CONTINUED = 0x08;
  static final int END = 0x10;
  static final int UNMOUNT = 0x20;

  private static final int CLIENT_TRANSACTION = 0x69;
  private static final int CLIENT_LOG = 0xaa;

  /** Reads the header at {@code at} of a payload; the data must lie inside it too. */
  static LogOperation parse(StructView payload, int at) throws IOException {
    if (!payload.holds(at, HEADER_BYTES)) {
      throw payload.corrupt(XfsFault.LOG_OPERATION, 0, "header past the record");
    }
    long oh_len = payload.u32be(at + 4);
    int oh_clientid = payload.u8(at + 8);
    if (oh_clientid != CLIENT_TRANSACTION && oh_clientid != CLIENT_LOG) {
      throw payload.corrupt(XfsFault.LOG_OPERATION, at + 8, "client " + oh_clientid);
    }
    if (!payload.holds(at + HEADER_BYTES, oh_len)) {
      throw payload.corrupt(XfsFault.LOG_OPERATION, at + 4, oh_len + " bytes");
    }
    return new LogOperation(payload.i32be(at), payload.u8(at + 9), at + HEADER_BYTES, (int) oh_len);
  }

  int end() {
    return data + lengthBytes;
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }
}
