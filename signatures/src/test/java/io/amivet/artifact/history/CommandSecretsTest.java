package io.amivet.artifact.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.Secret;
import io.amivet.artifact.history.HistoryFormat.Dialect;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandSecretsTest {
  private static final String SECRET = "Synth-Pw-9x";

  private static List<CommandSecret> find(Dialect dialect, String command) {
    return new CommandSecrets(dialect).find(command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql -u root -pSynth-Pw-9x shop",
        "mysqldump --password=Synth-Pw-9x --all-databases > all.sql",
        "mysqladmin -u root password 'Synth-Pw-9x'",
        "psql postgres://app:Synth-Pw-9x@db1:5432/shop",
        "PGPASSWORD=Synth-Pw-9x psql -h db1 shop",
        "psql \"host=db1 user=app password=Synth-Pw-9x\"",
        "psql -d 'host=db1 password=Synth-Pw-9x dbname=shop'",
        "curl -u deploy:Synth-Pw-9x https://repo.internal/",
        "curl -udeploy:Synth-Pw-9x https://repo.internal/",
        "curl -sSLu deploy:Synth-Pw-9x https://repo.internal/",
        "curl --user=deploy:Synth-Pw-9x https://repo.internal/",
        "curl -H 'Authorization: Bearer Synth-Pw-9x' https://api.internal/",
        "curl -H \"X-Api-Key: Synth-Pw-9x\" https://api.internal/",
        "curl -d 'user=a&password=Synth-Pw-9x' https://api.internal/login",
        "curl --data '{\"user\":\"a\",\"password\":\"Synth-Pw-9x\"}' https://api.internal/login",
        "export API_KEY=Synth-Pw-9x",
        "export DB_PASSWORD='Synth-Pw-9x'",
        "TOKEN=Synth-Pw-9x ./deploy.sh",
        "sudo -E env APP_SECRET=Synth-Pw-9x ./run",
        "setenv DB_PASSWORD Synth-Pw-9x",
        "set -gx DB_PASSWORD Synth-Pw-9x",
        "docker run -d -e MYSQL_ROOT_PASSWORD=Synth-Pw-9x mysql:8",
        "docker exec -it db mysql -uroot -pSynth-Pw-9x",
        "docker login -u me -p Synth-Pw-9x registry.internal",
        "docker login --username me --password Synth-Pw-9x",
        "echo Synth-Pw-9x | docker login -u me --password-stdin",
        "sshpass -p Synth-Pw-9x ssh root@db1",
        "sshpass -pSynth-Pw-9x scp a db1:",
        "ssh db1 'mysql -pSynth-Pw-9x shop'",
        "bash -c \"mysql -pSynth-Pw-9x shop\"",
        "aws configure set aws_secret_access_key Synth-Pw-9x",
        "aws configure set profile.prod.aws_secret_access_key Synth-Pw-9x",
        "aws rds create-db-instance --master-user-password Synth-Pw-9x",
        "htpasswd -b /etc/nginx/htpasswd admin Synth-Pw-9x",
        "htpasswd -nbB admin Synth-Pw-9x",
        "openssl enc -aes-256-cbc -in a -out b -k Synth-Pw-9x",
        "openssl rsa -in key.pem -passin pass:Synth-Pw-9x",
        "openssl passwd -6 Synth-Pw-9x",
        "echo root:Synth-Pw-9x | chpasswd",
        "echo \"root:Synth-Pw-9x\" | sudo chpasswd",
        "chpasswd <<< 'root:Synth-Pw-9x'",
        "echo Synth-Pw-9x | passwd --stdin root",
        "printf '%s\\n' Synth-Pw-9x | sudo passwd --stdin root",
        "echo 'Synth-Pw-9x' | sudo -S yum update",
        "useradd -m -p Synth-Pw-9x bob",
        "git clone https://bot:Synth-Pw-9x@git.internal/app.git",
        "wget --user=a --password=Synth-Pw-9x https://repo.internal/x",
        "wget --http-password=Synth-Pw-9x https://repo.internal/x",
        "smbclient //fs/share -U bob%Synth-Pw-9x",
        "mount -t cifs //fs/share /mnt -o username=bob,password=Synth-Pw-9x,ro",
        "redis-cli -a Synth-Pw-9x ping",
        "redis-cli -h db1 config set requirepass Synth-Pw-9x",
        "mongosh -u root -p Synth-Pw-9x",
        "ldapsearch -D cn=admin -w Synth-Pw-9x",
        "mysql -e \"CREATE USER 'a'@'%' IDENTIFIED BY 'Synth-Pw-9x'\"",
        "mysql -e \"SET PASSWORD FOR 'root'@'localhost' = PASSWORD('Synth-Pw-9x')\"",
        "sudo -u postgres psql -c \"ALTER USER app WITH PASSWORD 'Synth-Pw-9x'\"",
        "X=$(curl -u deploy:Synth-Pw-9x https://repo.internal/)",
        "helm install x --set db.password=Synth-Pw-9x",
        "vault login --token=Synth-Pw-9x",
        "zip -P Synth-Pw-9x a.zip b",
        "keytool -genkey -storepass Synth-Pw-9x",
        "java -Djavax.net.ssl.keyStorePassword=Synth-Pw-9x -jar x.jar",
      })
  void findsTheSecretAndShowsNothingElse(String command) {
    List<CommandSecret> found = find(Dialect.SHELL, command);
    assertThat(found)
        .isNotEmpty()
        .allSatisfy(typed -> {
          assertThat(typed.secret()).isEqualTo(Secret.ofLatin1(SECRET));
          assertThat(typed.evidence().redacted()).doesNotContain(SECRET).contains("***(11)");
          assertThat(typed.shape()).doesNotContain(SECRET).doesNotContain("deploy");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql -u root -p shop",
        "mysql -u root -p\"$DB_PW\" shop",
        "mysql -u root --password=${PW} shop",
        "mysql -u root --password shop",
        "psql --password shop",
        "psql postgres://app@db1/shop",
        "psql \"postgres://app:$PW@db1/shop\"",
        "PGPASSWORD=$(cat /run/secrets/pg) psql shop",
        "curl -u deploy https://repo.internal/",
        "curl -u \"deploy:$TOKEN\" https://repo.internal/",
        "curl -H \"Authorization: Bearer $TOKEN\" https://api.internal/",
        "curl -H \"Authorization: Bearer $(cat token)\" https://api.internal/",
        "export DB_PASSWORD",
        "export DB_PASSWORD=",
        "export DB_PASSWORD=changeme",
        "export API_KEY=<your-key>",
        "export SSH_KEY=/root/.ssh/id_ed25519",
        "export ASK_PASSWORD=true",
        "adduser --disabled-password bob",
        "docker run -p 8080:80 nginx",
        "docker login --password-stdin registry.internal",
        "sshpass -e ssh db1",
        "aws configure",
        "aws configure set region eu-west-1",
        "htpasswd /etc/nginx/htpasswd admin",
        "openssl rsa -in key.pem -passin env:PW",
        "ssh-keygen -t ed25519 -N '' -f id",
        "echo done | tee log",
        "chpasswd < users.txt",
        "passwd root",
        "grep -r password= /etc",
        "cat /etc/passwd | grep root",
        "git clone ssh://git@git.internal/app.git",
        "git clone https://git.internal/app.git",
        "vim ~/.pgpass",
        "ls # mysql -pSynth-Pw-9x",
        "sort -k 2 -t : file",
        "kubectl get secret db -o yaml",
      })
  void leavesPromptsVariablesAndPlaceholdersAlone(String command) {
    assertThat(find(Dialect.SHELL, command)).isEmpty();
  }

  @Test
  void recognisesTokensByTheirFormInAnyPosition() {
    String token = "ghp_" + "a1B2".repeat(9);
    assertThat(find(Dialect.SHELL, "gh-tool " + token))
        .extracting(CommandSecret::secret)
        .contains(Secret.ofLatin1(token));
  }

  @Test
  void pairsAnAccessKeyIdWithTheSecretBesideIt() {
    String id = "AKIA" + "Q7SYNTH2TESTKEY3";
    String key = "s7Nt" + "h3T1cK".repeat(6);
    assertThat(find(Dialect.SHELL, "./sync " + id + " " + key))
        .extracting(CommandSecret::secret)
        .containsExactly(Secret.ofLatin1(key));
  }

  @Test
  void readsRedisAndMongoCommands() {
    assertThat(find(Dialect.REDIS, "ACL SETUSER app on >Synth-Pw-9x ~* +@all")).hasSize(1);
    assertThat(find(Dialect.REDIS, "auth app Synth-Pw-9x"))
        .extracting(CommandSecret::secret)
        .containsExactly(Secret.ofLatin1(SECRET));
    assertThat(find(Dialect.CODE, "db.auth(\"app\", \"Synth-Pw-9x\")"))
        .extracting(CommandSecret::secret)
        .containsExactly(Secret.ofLatin1(SECRET));
  }
}
