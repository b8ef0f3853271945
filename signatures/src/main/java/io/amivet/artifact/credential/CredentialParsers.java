package io.amivet.artifact.credential;

import io.amivet.artifact.ArtifactParser;
import java.util.List;

/** The parsers of this package. */
public final class CredentialParsers {
  private CredentialParsers() {}

  public static List<ArtifactParser> all() {
    return List.of(
        new AssignmentsParser(),
        new AwsCredentialsParser(),
        new BrowserStoreParser(),
        new ContainerConfigParser(),
        new DockerConfigParser(),
        new EnvironmentParser(),
        new GcloudStoreParser(),
        new GcpKeyParser(),
        new GitConfigParser(),
        new HtpasswdParser(),
        new IamCsvParser(),
        new IniSecretsParser(),
        new KubeconfigParser(),
        new LoneSecretParser(),
        new MavenSettingsParser(),
        new NetrcParser(),
        new NpmrcParser(),
        new PgpassParser(),
        new PhpConstantsParser(),
        new SaslPasswdParser(),
        new TerraformStateParser(),
        new TomcatUsersParser(),
        new UrlCredentialsParser(),
        new UserDataParser(),
        TreeSecretsParser.ofJson(),
        TreeSecretsParser.ofYaml());
  }
}
