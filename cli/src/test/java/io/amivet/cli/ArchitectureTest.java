package io.amivet.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** Who may know whom, as ARCHITECTURE.md says it. Here, since only this module sees all others. */
@AnalyzeClasses(packages = "io.amivet", importOptions = ProductionClasses.class)
final class ArchitectureTest {
  private static final String[] FS_READERS = {
    "io.amivet.block..",
    "io.amivet.fs..",
    "io.amivet.volume..",
    "io.amivet.ext..",
    "io.amivet.xfs..",
    "io.amivet.btrfs..",
    "io.amivet.compress..",
    "io.amivet.squashfs..",
    "io.amivet.erofs..",
    "io.amivet.fat.."
  };
  private static final String[] FORMATS = {
    "io.amivet.ext..",
    "io.amivet.xfs..",
    "io.amivet.btrfs..",
    "io.amivet.squashfs..",
    "io.amivet.erofs..",
    "io.amivet.fat.."
  };
  private static final String[] SIGNATURES = {
    "io.amivet.rule..", "io.amivet.artifact..", "io.amivet.match.."
  };
  private static final String[] SCANNER_CORE = {
    "io.amivet.ami..",
    "io.amivet.base..",
    "io.amivet.source..",
    "io.amivet.cache..",
    "io.amivet.plan..",
    "io.amivet.scan..",
    "io.amivet.finding..",
    "io.amivet.policy..",
    "io.amivet.remedy..",
    "io.amivet.saved..",
    "io.amivet.report.."
  };

  @ArchTest
  static final ArchRule READERS_NEED_ONLY_THE_JDK =
      classes()
          .that()
          .resideInAnyPackage(FS_READERS)
          .and()
          .resideOutsideOfPackage("io.amivet.compress..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(FS_READERS).or(resideInAnyPackage("java..", "org.jspecify..")));

  @ArchTest
  static final ArchRule DECOMPRESSION_KNOWS_ITS_LIBRARIES_AND_NOTHING_ELSE =
      classes()
          .that()
          .resideInAPackage("io.amivet.compress..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "io.amivet.compress..",
                  "com.github.luben.zstd..",
                  "org.tukaani.xz..",
                  "java..",
                  "org.jspecify.."));

  @ArchTest
  static final ArchRule BYTES_KNOW_NOTHING_ABOVE_THEM =
      classes()
          .that()
          .resideInAPackage("io.amivet.block..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("io.amivet.block..", "java..", "org.jspecify.."));

  @ArchTest
  static final ArchRule THE_FS_CONTRACT_KNOWS_NO_FORMAT =
      classes()
          .that()
          .resideInAPackage("io.amivet.fs..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "io.amivet.fs..", "io.amivet.block..", "java..", "org.jspecify.."));

  @ArchTest
  static final ArchRule VOLUMES_KNOW_NO_FORMAT =
      classes()
          .that()
          .resideInAPackage("io.amivet.volume..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "io.amivet.volume..",
                  "io.amivet.fs..",
                  "io.amivet.block..",
                  "java..",
                  "org.jspecify.."));

  @ArchTest static final ArchRule EXT_STANDS_ALONE = standsAlone("io.amivet.ext..");

  @ArchTest static final ArchRule XFS_STANDS_ALONE = standsAlone("io.amivet.xfs..");

  @ArchTest static final ArchRule BTRFS_STANDS_ALONE = standsAlone("io.amivet.btrfs..");

  @ArchTest static final ArchRule SQUASHFS_STANDS_ALONE = standsAlone("io.amivet.squashfs..");

  @ArchTest static final ArchRule EROFS_STANDS_ALONE = standsAlone("io.amivet.erofs..");

  @ArchTest static final ArchRule FAT_STANDS_ALONE = standsAlone("io.amivet.fat..");

  private static ArchRule standsAlone(String format) {
    String[] others =
        Stream.concat(Stream.of(FORMATS), Stream.of("io.amivet.volume.."))
            .filter(other -> !other.equals(format))
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(format)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }

  @ArchTest
  static final ArchRule RULES_KNOW_NEITHER_IMAGES_NOR_THE_SCANNER =
      noClasses()
          .that()
          .resideInAnyPackage(SIGNATURES)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(FS_READERS)
                  .or(resideInAnyPackage(SCANNER_CORE))
                  .or(resideInAnyPackage("io.amivet.cli..", "io.amivet.testdata..")));

  @ArchTest
  static final ArchRule THE_SCANNER_KNOWS_NO_COMMAND_LINE =
      noClasses()
          .that()
          .resideInAnyPackage(SCANNER_CORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.amivet.cli..", "io.amivet.testdata..");

  @ArchTest
  static final ArchRule TESTDATA_KNOWS_NOBODY =
      noClasses()
          .that()
          .resideInAPackage("io.amivet.testdata..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.amivet..")
                  .and(
                      com.tngtech.archunit.base.DescribedPredicate.not(
                          resideInAPackage("io.amivet.testdata.."))));

  @ArchTest
  static final ArchRule ONLY_SOURCE_EBS_AND_AMI_KNOW_THE_AWS_SDK =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.amivet.source.ebs..", "io.amivet.ami..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon.awssdk..");

  @ArchTest
  static final ArchRule ONLY_THE_CLI_KNOWS_PICOCLI =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.amivet.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule ONLY_ENTRY_POINTS_END_THE_PROCESS =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.amivet.cli.Main")
          .and()
          .doNotHaveFullyQualifiedName("io.amivet.cli.TrainingRun")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("io.amivet.(**)").should().beFreeOfCycles();
}
