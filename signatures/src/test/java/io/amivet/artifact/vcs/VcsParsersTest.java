package io.amivet.artifact.vcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.artifact.Artifact;
import io.amivet.artifact.ArtifactFile;
import io.amivet.artifact.ImageView;
import io.amivet.artifact.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class VcsParsersTest {
  private static final String SVN_PATH = "/root/.subversion/auth/svn.simple/0123";

  private static byte[] svnSimple() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            VcsParsersTest.class.getResourceAsStream("/io/amivet/artifact/vcs/svn.simple"))) {
      return in.readAllBytes();
    }
  }

  private static List<Artifact> svn(byte[] bytes) {
    return new SvnAuthParser().parse(ArtifactFile.of(SVN_PATH, bytes), ImageView.empty());
  }

  private static List<Artifact> cvs(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return new CvsPassParser().parse(ArtifactFile.of("/root/.cvspass", bytes), ImageView.empty());
  }

  @Test
  void readsALoginThatSvnItselfCached() throws IOException {
    List<Artifact> found = svn(svnSimple());
    assertThat(found).hasSize(1);
    Artifact login = found.getFirst();
    assertThat(login.kind()).isEqualTo("svn-password");
    assertThat(login.fields())
        .containsEntry("realm", "<svn://127.0.0.1:33690> synthetic")
        .containsEntry("username", "builder")
        .containsEntry("passtype", "simple");
    assertThat(login.secrets()).containsExactly(Secret.ofLatin1("Synth-Pw-103"));
    assertThat(login.evidence().redacted()).doesNotContain("Synth").contains("***(12)");
  }

  @Test
  void reportsNothingForAFileThatIsCutAnywhere() throws IOException {
    byte[] whole = svnSimple();
    for (int length = 0; length < whole.length - 4; length++) {
      assertThat(svn(Arrays.copyOf(whole, length))).as("first %d bytes", length).isEmpty();
    }
  }

  @Test
  void survivesLengthsThatLie() {
    assertThat(svn("K 9999999\nx\n".getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
    assertThat(svn("K 99999999999\nx\n".getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
    assertThat(svn("K \nV \nEND\n".getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
  }

  @Test
  void readsBothFormsOfCvspassLinesAndPasswordsWithBlanks() {
    List<Artifact> found =
        cvs(
            """
            /1 :pserver:dev@cvs.example.net:2401/cvsroot Ay=0=a%0bZ
            :pserver:dev@cvs.example.net:/cvsroot A c d
            """);
    assertThat(found).extracting(Artifact::kind).containsOnly("cvs-password").hasSize(2);
    assertThat(found.get(0).secrets()).containsExactly(Secret.ofLatin1("anonymous"));
    assertThat(found.get(1).secrets()).containsExactly(Secret.ofLatin1("rhre"));
    assertThat(found.get(0).fields())
        .containsEntry("user", "dev")
        .containsEntry("host", "cvs.example.net");
  }

  @Test
  void tellsAnEmptyCvsPasswordFromARealOne() {
    List<Artifact> found = cvs("/1 :pserver:anonymous@cvs.example.net:2401/cvsroot A\n");
    assertThat(found).extracting(Artifact::kind).containsExactly("cvs-empty-password");
    assertThat(found.getFirst().secrets()).isEmpty();
  }
}
