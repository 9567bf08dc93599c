package org.tagwarden.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may know what inside the scanner. */
class WallsTest {
  private static final JavaClasses AGENT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.tagwarden.agent");

  @Test
  void only_the_browser_package_knows_selenium() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.tagwarden.agent.browser..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.openqa.selenium..", "io.github.bonigarcia..")
        .check(AGENT);
  }

  @Test
  void only_the_traffic_package_knows_the_proxy() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.tagwarden.agent.traffic..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..", "org.littleshoot..", "com.browserup..")
        .check(AGENT);
  }

  @Test
  void delivery_and_har_know_reports_and_nothing_of_how_they_were_made() {
    noClasses()
        .that()
        .resideInAnyPackage("org.tagwarden.agent.delivery..", "org.tagwarden.agent.har..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.tagwarden.agent.browser..",
            "org.tagwarden.agent.traffic..",
            "org.tagwarden.agent.observe..",
            "org.tagwarden.agent.work..",
            "org.tagwarden.agent.program..")
        .check(AGENT);
  }
}
