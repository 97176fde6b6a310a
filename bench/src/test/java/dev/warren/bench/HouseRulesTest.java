package dev.warren.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.lang.foreign.Linker;
import org.junit.jupiter.api.Test;

/** The rules of the house, see CONTRIBUTING.md. */
class HouseRulesTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.warren");

  @Test
  void importsRunDownwards() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("cli")
        .definedBy("dev.warren.cli..")
        .layer("junit")
        .definedBy("dev.warren.junit..")
        .layer("selftest")
        .definedBy("dev.warren.selftest..")
        .layer("lab")
        .definedBy("dev.warren.lab..")
        .layer("linux")
        .definedBy("dev.warren.linux..")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("junit")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("selftest")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("lab")
        .mayOnlyBeAccessedByLayers("selftest", "cli", "junit")
        .whereLayer("linux")
        .mayOnlyBeAccessedByLayers("lab", "selftest", "cli", "junit")
        .check(HOUSE);
  }

  @Test
  void noPackagesImportEachOtherInACircle() {
    slices().matching("dev.warren.(**)").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void onlyTheKernelLayerCallsNativeCode() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.warren.linux..", "dev.warren.agent", "dev.warren.bench")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Linker.class)
        .check(HOUSE);
  }

  @Test
  void onlyTheCommandLineAndBenchmarksPrint() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.warren.cli..", "dev.warren.agent", "dev.warren.bench")
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .check(HOUSE);
  }
}
