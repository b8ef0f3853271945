package io.amivet.source.ebs;

/**
 * What AWS asks for the EBS direct APIs, in US dollars, as its user guide showed on 2026-11-25
 * ("Pricing for EBS direct APIs"). Regions differ a little: an estimate, not a bill.
 */
final class EbsPrices {
  static final double USD_PER_GET = 0.003 / 1000;
  static final double USD_PER_LIST = 0.0006 / 1000;

  private EbsPrices() {}

  static double estimateUsd(long gets, long lists) {
    return gets * USD_PER_GET + lists * USD_PER_LIST;
  }
}
