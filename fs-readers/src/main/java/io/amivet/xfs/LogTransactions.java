package io.amivet.xfs;

import io.amivet.block.StructView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the operations of the records together to transactions, and hands on those that were
 * committed ({@code xlog_recover_process_data} of {@code xfs_log_recover.c}). One without a commit
 * never happened.
 */
final class LogTransactions {
  /** What is done with a committed transaction. */
  interface Sink {
    /**
     * Takes the items of one transaction, in the order they were logged in.
     *
     * @param lsn of the record that the transaction starts in
     */
    void commit(long lsn, List<LogItem> items) throws IOException;
  }

  /** The kernel limits one checkpoint to 64 MiB; and this bounds what an image can make us hold. */
  private static final long MAX_PENDING_BYTES = 96 << 20;

  /** Taken for each operation above its bytes, so that empty ones count. */
  private static final int OPERATION_OVERHEAD_BYTES = 128;

  private static final long HEADER_MAGIC = 0x5452414e; // "TRAN"
  private static final int HEADER_BYTES = 16;

  private final LogRing ring;
  private final Sink sink;
  private final Map<Integer, Transaction> pending = new HashMap<>();
  private long pendingBytes;

  /** One that was started. */
  private static final class Transaction {
    final long lsn;
    final List<LogItem> items = new ArrayList<>();

    /** Of {@code xfs_trans_header}, which comes before the items; nothing in it is needed. */
    int headerBytes;

    long bytes;

    Transaction(long lsn) {
      this.lsn = lsn;
    }
  }

  LogTransactions(LogRing ring, Sink sink) {
    this.ring = ring;
    this.sink = sink;
  }

  /** Takes the operations of one record. */
  void add(LogRecord record) throws IOException {
    byte[] bytes = Arrays.copyOf(record.payload(ring), record.payloadBytes());
    StructView payload = ring.struct("xlog_op_header", record.payloadOffset(ring), bytes);
    int at = 0;
    for (long i = 0; i < record.operations() && at < bytes.length; i++) {
      LogOperation operation = LogOperation.parse(payload, at);
      add(record, payload, operation);
      at = operation.end();
    }
  }

  private void add(LogRecord record, StructView payload, LogOperation operation)
      throws IOException {
    Transaction transaction = pending.get(operation.transaction());
    if (transaction == null) {
      // The rest of one that started before the tail is passed over.
      if (operation.has(LogOperation.START)) {
        pending.put(operation.transaction(), new Transaction(record.lsn()));
        take(payload, operation, pending.get(operation.transaction()));
      }
      return;
    }
    take(payload, operation, transaction);
    int flags = operation.flags() & ~LogOperation.END;
    if ((flags & LogOperation.WAS_CONTINUED) != 0) {
      flags &= ~LogOperation.CONTINUE;
    }
    switch (flags) {
      case 0, LogOperation.CONTINUE -> addRegion(payload, operation, transaction);
      case LogOperation.WAS_CONTINUED -> addRest(payload, operation, transaction);
      case LogOperation.COMMIT -> commit(operation.transaction(), transaction);
      case LogOperation.UNMOUNT -> drop(operation.transaction(), transaction);
      default ->
          throw payload.corrupt(
              XfsFault.LOG_OPERATION,
              operation.data() - LogOperation.HEADER_BYTES,
              "flags 0x" + Integer.toHexString(operation.flags()));
    }
  }

  private void take(StructView payload, LogOperation operation, Transaction transaction)
      throws IOException {
    long bytes = OPERATION_OVERHEAD_BYTES + (long) operation.lengthBytes();
    transaction.bytes += bytes;
    pendingBytes += bytes;
    if (pendingBytes > MAX_PENDING_BYTES) {
      throw payload.corrupt(XfsFault.LOG_LIMIT, 0, "transactions without end");
    }
  }

  private void addRegion(StructView payload, LogOperation operation, Transaction transaction)
      throws IOException {
    if (operation.lengthBytes() == 0) {
      return;
    }
    if (transaction.headerBytes < HEADER_BYTES) {
      boolean magic =
          operation.lengthBytes() >= 4 && payload.u32le(operation.data()) == HEADER_MAGIC;
      if (transaction.headerBytes > 0 || !magic) {
        throw payload.corrupt(XfsFault.LOG_OPERATION, operation.data(), "no transaction header");
      }
      addHeader(payload, operation, transaction);
      return;
    }
    List<LogItem> items = transaction.items;
    if (items.isEmpty() || items.getLast().isWhole()) {
      items.add(new LogItem(ring));
    }
    long offset = payload.offset() + operation.data();
    if (!items.getLast().add(offset, bytes(payload, operation))) {
      throw payload.corrupt(XfsFault.LOG_ITEM, operation.data(), "number of regions");
    }
  }

  /** The rest of a region, or of the header, that the record before had no room for. */
  private static void addRest(StructView payload, LogOperation operation, Transaction transaction)
      throws IOException {
    if (transaction.headerBytes < HEADER_BYTES) {
      addHeader(payload, operation, transaction);
    } else if (transaction.items.isEmpty()
        || !transaction.items.getLast().append(bytes(payload, operation))) {
      throw payload.corrupt(XfsFault.LOG_OPERATION, operation.data(), "rest of nothing");
    }
  }

  private static void addHeader(StructView payload, LogOperation operation, Transaction transaction)
      throws IOException {
    transaction.headerBytes += operation.lengthBytes();
    if (transaction.headerBytes > HEADER_BYTES) {
      throw payload.corrupt(XfsFault.LOG_OPERATION, operation.data(), "transaction header");
    }
  }

  private static byte[] bytes(StructView payload, LogOperation operation) {
    return payload.bytes(operation.data(), operation.lengthBytes());
  }

  private void commit(int id, Transaction transaction) throws IOException {
    drop(id, transaction);
    if (!transaction.items.isEmpty() && !transaction.items.getLast().isWhole()) {
      StructView last = transaction.items.getLast().region(0);
      throw last.corrupt(XfsFault.LOG_ITEM, 0, "regions are missing");
    }
    sink.commit(transaction.lsn, transaction.items);
  }

  private void drop(int id, Transaction transaction) {
    pending.remove(id);
    pendingBytes -= transaction.bytes;
  }
}
