package io.amivet.artifact.history;

import static io.amivet.artifact.history.OptionShape.attached;
import static io.amivet.artifact.history.OptionShape.either;
import static io.amivet.artifact.history.OptionShape.next;

import io.amivet.artifact.history.OptionShape.Part;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Programs that take secrets as options, from their manual pages. */
final class ProgramOptions {
  private static final Map<String, List<OptionShape>> SHAPES = new HashMap<>();

  static {
    databases();
    network();
    containers();
    archivesAndKeys();
  }

  private ProgramOptions() {}

  /** The shapes of {@code program}, none if it is not known. */
  static List<OptionShape> of(String program) {
    return SHAPES.getOrDefault(program, List.of());
  }

  static boolean knows(String program) {
    return SHAPES.containsKey(program);
  }

  private static void add(String programs, OptionShape... shapes) {
    for (String program : programs.split(" ", -1)) {
      SHAPES.put(program, List.of(shapes));
    }
  }

  private static void databases() {
    // Here -p without a value asks for the password, so the next word is not one.
    add(
        "mysql mysqldump mysqladmin mysqlimport mysqlshow mysqlcheck mysqlslap mysqlpump"
            + " mysqlbinlog mysql_upgrade mariadb mariadb-dump mariadb-admin mariadb-import"
            + " mariadb-check mariadb-show xtrabackup innobackupex mariabackup mycli mysqlsh",
        attached("-p"),
        attached("--password="));
    add(
        "psql pg_dump pg_dumpall pg_restore pg_basebackup createdb dropdb pgbench",
        next("-d").taking(Part.CONNECTION),
        attached("--dbname=").taking(Part.CONNECTION));
    add(
        "mongo mongosh mongodump mongorestore mongoexport mongoimport mongostat mongotop",
        either("-p"));
    add("redis-cli valkey-cli", next("-a"), next("--pass"));
    add("sqlcmd bcp tsql", either("-P"));
    add("beeline cqlsh", next("-p"));
    add("ldapsearch ldapmodify ldapadd ldapdelete ldapwhoami ldapcompare", either("-w"));
    add("ldappasswd", either("-w"), either("-s"), either("-a"));
  }

  private static void network() {
    add(
        "curl",
        either("-u").taking(Part.AFTER_COLON),
        next("--user").taking(Part.AFTER_COLON),
        attached("--user=").taking(Part.AFTER_COLON),
        either("-U").taking(Part.AFTER_COLON),
        next("--proxy-user").taking(Part.AFTER_COLON),
        next("--oauth2-bearer"));
    add(
        "http https",
        next("-a").taking(Part.AFTER_COLON),
        next("--auth").taking(Part.AFTER_COLON),
        attached("--auth=").taking(Part.AFTER_COLON));
    add("sshpass", either("-p"));
    add(
        "smbclient rpcclient smbget smbmap net nmblookup smbtree winexe",
        either("-U").taking(Part.AFTER_PERCENT),
        attached("--user=").taking(Part.AFTER_PERCENT));
    add("mount mount.cifs mount.davfs", either("-o").taking(Part.MOUNT_OPTION));
    add("lftp", either("-u").taking(Part.AFTER_COMMA));
    add("ipmitool", either("-P"));
    add("snmpwalk snmpget snmpset snmptrap", either("-A"), either("-X"));
    add("xfreerdp", attached("/p:"));
    add("rdesktop ncftp ncftpput ncftpget", next("-p"));
    add("p4", next("-P"));
  }

  private static void containers() {
    add("docker podman nerdctl buildah helm oras crane", next("-p").onlyWith("login"));
    add("skopeo", next("--creds").taking(Part.AFTER_COLON), next("-p").onlyWith("login"));
    add("az oc cf ibmcloud heroku", next("-p").onlyWith("login"));
    add("aws", next("--secret-string"), next("--value").onlyWith("SecureString"));
  }

  private static void archivesAndKeys() {
    add(
        "openssl",
        next("-passin").taking(Part.PASS_SOURCE),
        next("-passout").taking(Part.PASS_SOURCE),
        next("-pass").taking(Part.PASS_SOURCE),
        next("-password").taking(Part.PASS_SOURCE),
        next("-k"),
        next("-K"));
    add("useradd usermod adduser", next("-p"));
    add("ssh-keygen", next("-N"), next("-P"));
    add(
        "keytool jarsigner",
        next("-storepass"),
        next("-keypass"),
        next("-srcstorepass"),
        next("-deststorepass"));
    add("zip unzip zipcloak", next("-P"));
    add("7z 7za 7zr rar unrar", attached("-p"), attached("-hp"));
  }
}
