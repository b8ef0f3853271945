package io.amivet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** That {@link ArchitectureTest} looks at something, and that its rules can fail. */
class ArchitectureCoverageTest {

  @Test
  void allModulesAreLookedAt() {
    JavaClasses all =
        new ClassFileImporter()
            .withImportOption(new ProductionClasses())
            .importPackages("io.amivet");
    Set<String> packages = all.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
    assertThat(packages)
        .contains(
            "io.amivet.block",
            "io.amivet.fs",
            "io.amivet.volume",
            "io.amivet.rule",
            "io.amivet.finding",
            "io.amivet.cli",
            "io.amivet.testdata");
  }

  @Test
  void aCommandWouldBreakTheRulesForReaders() {
    JavaClasses cli = new ClassFileImporter().importClasses(LsCommand.class, Main.class);
    assertFails(ArchitectureTest.ONLY_THE_CLI_KNOWS_PICOCLI, cli, false);
    ArchRule asIfElsewhere =
        com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");
    assertFails(asIfElsewhere, cli, true);
  }

  private static void assertFails(ArchRule rule, JavaClasses classes, boolean fails) {
    assertThat(rule.allowEmptyShould(true).evaluate(classes).hasViolation()).isEqualTo(fails);
  }
}
