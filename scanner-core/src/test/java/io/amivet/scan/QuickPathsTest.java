package io.amivet.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.amivet.fs.FsPath;
import io.amivet.rule.RuleSet;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuickPathsTest {
  private static final RuleSet RULES =
      ScanBed.rules(
          ScanBed.exists("TEST-010", "/usr/{lib,share}/pam*/*"),
          ScanBed.exists("TEST-011", "/usr/libexec/tool/**/key"),
          ScanBed.exists("TEST-012", "/**/*.pem"));

  private final Predicate<FsPath> enters = new QuickPaths(RULES);

  @ParameterizedTest
  @CsvSource({
    "/,true",
    "/etc/ssl,true",
    "/opt/usr/share,true",
    "/usr,true",
    "/usr/lib,true",
    "/usr/lib/pam.d,true",
    "/usr/lib/pam.d/more,false",
    "/usr/lib/python3,false",
    "/usr/share/doc,false",
    "/usr/libexec/tool/a/b,true",
    "/usr/libexec/other,false",
    "/usr/local/share/x,true",
    "/lib,false",
    "/lib/modules,false",
    "/library,true"
  })
  void entersFoldersOfTheDistributionOnlyWhereARuleNamesTheWay(String path, boolean expected) {
    FsPath directory = path.equals("/") ? FsPath.ROOT : SystemImage.latin1(path);
    assertThat(enters.test(directory)).isEqualTo(expected);
  }
}
