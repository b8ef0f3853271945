package io.amivet.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of amivet, as the build wrote it into the jar. */
final class Version implements IVersionProvider {

  /** Such as {@code 0.1.0}; {@code development} when run from class folders. */
  static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"amivet " + number()};
  }
}
