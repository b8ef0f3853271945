/** EBS snapshots and AMIs through the AWS SDK: the only place that knows the SDK. */
@NullMarked
package io.amivet.source.ebs;

import org.jspecify.annotations.NullMarked;
