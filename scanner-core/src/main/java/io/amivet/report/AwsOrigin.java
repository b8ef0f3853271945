package io.amivet.report;

import io.amivet.finding.Report;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a target in AWS stands, for formats that want its ARN.
 *
 * @param partition {@code aws}, {@code aws-cn} …
 * @param account of whoever read the target: findings are theirs, also if the image is not
 */
record AwsOrigin(String partition, String account, String region, String arn) {
  private static final Pattern CALLER =
      Pattern.compile("arn:(aws[a-z-]*):(?:sts|iam)::(\\d{12}):.*", Pattern.DOTALL);

  /** Empty for local targets, and if it is not known who asked. */
  static Optional<AwsOrigin> of(Report report) {
    Report.TargetInfo target = report.target();
    Matcher caller = CALLER.matcher(report.custody().caller());
    if (target.region().isEmpty() || !caller.matches()) {
      return Optional.empty();
    }
    String partition = caller.group(1);
    String resource = target.id().startsWith("ami-") ? "image" : "snapshot";
    String arn =
        "arn:" + partition + ":ec2:" + target.region() + "::" + resource + "/" + target.id();
    return Optional.of(new AwsOrigin(partition, caller.group(2), target.region(), arn));
  }
}
