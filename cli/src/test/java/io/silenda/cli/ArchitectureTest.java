package io.silenda.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/** The arrows of ARCHITECTURE.md. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("io.silenda");

  @Test
  void allModulesAreSeen() {
    assertThat(CLASSES.contain("io.silenda.he.CkksContext")).isTrue();
    assertThat(CLASSES.contain("io.silenda.attest.Verdict")).isTrue();
    assertThat(CLASSES.contain("io.silenda.infer.PrivateModel")).isTrue();
    assertThat(CLASSES.contain("io.silenda.bench.kernels.KernelBench")).isTrue();
    assertThat(CLASSES.contain("io.silenda.dp.accounting.PrivacyAccountant")).isTrue();
    assertThat(CLASSES.contain("io.silenda.cli.Silenda")).isTrue();
  }

  @Test
  void nativeDependsOnNoSibling() {
    noClasses()
        .that()
        .resideInAPackage("io.silenda.he..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.silenda.attest..", "io.silenda.infer..", "io.silenda.bench..", "io.silenda.cli..")
        .check(CLASSES);
  }

  @Test
  void attestationDependsOnNoSibling() {
    noClasses()
        .that()
        .resideInAPackage("io.silenda.attest..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.silenda.he..", "io.silenda.infer..", "io.silenda.bench..", "io.silenda.cli..")
        .check(CLASSES);
  }

  @Test
  void onlyTheNitroProviderCallsNativeCodeForAttestation() {
    assertThat(CLASSES.contain("io.silenda.attest.provider.nitro.JnaNsmDevice")).isTrue();
    noClasses()
        .that()
        .resideInAPackage("io.silenda.attest..")
        .and()
        .resideOutsideOfPackage("io.silenda.attest.provider.nitro..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.sun.jna..")
        .check(CLASSES);
  }

  @Test
  void verifiersKnowNoProviderButTheSimulatedOne() {
    noClasses()
        .that()
        .resideInAPackage("io.silenda.attest..")
        .and()
        .resideOutsideOfPackage("io.silenda.attest.provider..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.silenda.attest.provider.tsm..",
            "io.silenda.attest.provider.gramine..",
            "io.silenda.attest.provider.nitro..",
            "io.silenda.attest.provider.tpm..",
            "io.silenda.attest.provider.machine..")
        .check(CLASSES);
  }

  @Test
  void dpTrainingDependsOnNoSibling() {
    noClasses()
        .that()
        .resideInAPackage("io.silenda.dp..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.silenda.he..", "io.silenda.infer..", "io.silenda.cli..")
        .check(CLASSES);
  }

  @Test
  void nothingOfInferenceDependsOnDpTraining() {
    noClasses()
        .that()
        .resideInAnyPackage("io.silenda.he..", "io.silenda.infer..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.silenda.dp..")
        .check(CLASSES);
  }

  @Test
  void secureInferDoesNotDependOnTheCommandLine() {
    noClasses()
        .that()
        .resideInAPackage("io.silenda.infer..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.silenda.cli..")
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLineDependsOnBenchmarks() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.silenda.bench..", "io.silenda.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.silenda.bench..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("io.silenda.bench..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.silenda.cli..")
        .check(CLASSES);
  }

  @Test
  void nothingOutsideNativeTouchesItsInternals() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.silenda.he..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.silenda.he.internal..")
        .check(CLASSES);
  }

  @Test
  void modulesHaveNoCycles() {
    slices().matching("io.silenda.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
