package io.amivet.artifact.syslog;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ArtifactParser;
import io.amivet.artifact.ImageView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code syslog-ng.conf} with what it includes: destinations on other machines. Kind {@code
 * remote-target} if a log path reaches the destination, {@code inactive-target} if none does.
 */
final class SyslogNgParser implements ArtifactParser {
  private static final int MAX_TARGETS = 1000;

  @Override
  public String name() {
    return "syslog-ng";
  }

  @Override
  public List<Artifact> parse(ArtifactFile file, ImageView image) {
    List<SyslogNgDestinations.Driver> drivers = new ArrayList<>();
    Set<String> reached = new HashSet<>();
    for (ArtifactFile part : IncludedFiles.of(file, image, SyslogNgParser::includes)) {
      SyslogNgDestinations destinations =
          new SyslogNgDestinations(SyslogNgTokens.of(part).tokens(), part.path());
      destinations.scan();
      drivers.addAll(destinations.drivers());
      reached.addAll(destinations.reached());
    }
    HostsFile hosts = HostsFile.of(image);
    List<Artifact> found = new ArrayList<>();
    for (SyslogNgDestinations.Driver driver : drivers) {
      boolean active = driver.destination().isEmpty() || reached.contains(driver.destination());
      String kind = active ? RemoteTarget.ACTIVE : RemoteTarget.INACTIVE;
      boolean own = driver.path().equals(file.path());
      for (RemoteTarget target : SyslogNgOutputs.targets(driver, own)) {
        if (found.size() < MAX_TARGETS) {
          found.addAll(target.artifacts(kind, hosts, SyslogNgOutputs.password(driver)));
        }
      }
    }
    return found;
  }

  private static List<String> includes(ArtifactFile file) {
    return SyslogNgTokens.of(file).includes();
  }
}
