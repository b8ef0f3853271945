package io.amivet.cli;

import io.amivet.ami.change.AmiAccount;
import io.amivet.source.ebs.AwsOptions;
import java.io.IOException;

/** Connects to the account that a command changes; whoever asks closes it. */
@FunctionalInterface
interface AmiAccounts {
  AmiAccount connect(AwsOptions options) throws IOException;
}
