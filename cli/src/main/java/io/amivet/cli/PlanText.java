package io.amivet.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.amivet.finding.Coverage.BlockStatistics;
import io.amivet.finding.Report.TargetInfo;
import io.amivet.scan.FetchEstimate;
import io.amivet.source.ebs.EbsPrices;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Formatter;
import java.util.Locale;

/**
 * What a scan would take, for people and for programs.
 *
 * @param soFar what finding it out has taken
 * @param maxRequestsPerSecond the most that is asked of the service
 */
record PlanText(
    TargetInfo target,
    FetchEstimate estimate,
    BlockStatistics soFar,
    EbsPrices prices,
    double maxRequestsPerSecond) {
  private static final long LISTED_PER_REQUEST = 10_000;

  private boolean isRemote() {
    return soFar.requests() > 0;
  }

  /** The listing's requests are made already, so they are known. */
  private long lists() {
    return isRemote()
        ? soFar.requests() - soFar.retries() - soFar.fetched()
        : Math.ceilDiv(estimate.listed(), LISTED_PER_REQUEST);
  }

  private long requests() {
    return estimate.needed() + lists();
  }

  private double usd() {
    return prices.estimateUsd(estimate.needed(), lists());
  }

  private double seconds() {
    return requests() / maxRequestsPerSecond;
  }

  String table() {
    StringBuilder text = new StringBuilder();
    Formatter out = new Formatter(text, Locale.ROOT);
    out.format(
        "%s: %s, %,d of %,d blocks hold data\n",
        TerminalText.escape(target.id()),
        ProgressLine.size(target.sizeBytes()),
        estimate.listed(),
        estimate.total());
    out.format(
        "  a %s scan reads %,d files from %,d blocks (%.1f %%), %s\n",
        estimate.depth().label(),
        estimate.files(),
        estimate.needed(),
        100.0 * estimate.needed() / Math.max(1, estimate.listed()),
        ProgressLine.size(estimate.neededBytes()));
    out.format(
        "  %s%,d requests, about $%.4f by the prices of %s, at least %.1f s at %,.0f a second\n",
        isRemote() ? "" : "from a snapshot: ",
        requests(),
        usd(),
        prices.asOf(),
        seconds(),
        maxRequestsPerSecond);
    if (isRemote()) {
      out.format(
          "  of these, %,d requests and about $%.4f went into this plan\n",
          soFar.requests(), soFar.estimatedCostUsd());
    }
    if (!estimate.complete()) {
      out.format("  more may be needed: not every volume and directory could be read\n");
    }
    return text.toString().stripTrailing();
  }

  String json() throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("target", target.id());
      json.writeStringField("depth", estimate.depth().label());
      json.writeBooleanField("complete", estimate.complete());
      json.writeNumberField("files", estimate.files());
      json.writeObjectFieldStart("blocks");
      json.writeNumberField("total", estimate.total());
      json.writeNumberField("listed", estimate.listed());
      json.writeNumberField("needed", estimate.needed());
      json.writeNumberField("neededBytes", estimate.neededBytes());
      json.writeEndObject();
      json.writeNumberField("requests", requests());
      json.writeNumberField("estimatedCostUsd", usd());
      json.writeStringField("pricesAsOf", prices.asOf().toString());
      json.writeNumberField("seconds", seconds());
      json.writeObjectFieldStart("spentOnThePlan");
      json.writeNumberField("requests", soFar.requests());
      json.writeNumberField("estimatedCostUsd", soFar.estimatedCostUsd());
      json.writeEndObject();
      json.writeEndObject();
    }
    return text.toString();
  }
}
