package io.amivet.source.ebs;

import io.amivet.cache.ChunkSource;
import java.util.concurrent.atomic.LongAdder;

/** Counts the requests made for one snapshot. */
final class RequestMeter {
  final LongAdder gets = new LongAdder();
  final LongAdder lists = new LongAdder();
  final LongAdder retries = new LongAdder();

  private final EbsPrices prices;

  RequestMeter(EbsPrices prices) {
    this.prices = prices;
  }

  ChunkSource.Traffic traffic() {
    double usd = prices.estimateUsd(gets.sum(), lists.sum());
    return new ChunkSource.Traffic(gets.sum() + lists.sum(), retries.sum(), usd);
  }
}
