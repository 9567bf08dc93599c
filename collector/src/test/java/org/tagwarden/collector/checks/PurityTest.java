package org.tagwarden.collector.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Judging does no I/O, so that a new check can be run over old reports. */
class PurityTest {
  private static final String[] JUDGING = {
    "org.tagwarden.collector.vendors..",
    "org.tagwarden.collector.checks..",
    "org.tagwarden.collector.governance.rules.."
  };

  @Test
  void recognitionAndChecksKnowNoServerDatabaseOrNetwork() {
    JavaClasses judging =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(
                "org.tagwarden.collector.vendors",
                "org.tagwarden.collector.checks",
                "org.tagwarden.collector.governance.rules");
    assertThat(judging).hasSizeGreaterThan(20);
    noClasses()
        .that()
        .resideInAnyPackage(JUDGING)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..", "java.sql..", "java.net.http..", "org.slf4j..")
        .check(judging);
    clockRule().check(judging);
  }

  @Test
  void theRuleAboutTheClockCanFail() {
    JavaClasses offender = new ClassFileImporter().importClasses(AsksTheClock.class);
    assertThat(clockRule().evaluate(offender).hasViolation()).isTrue();
  }

  private static ArchRule clockRule() {
    return noClasses()
        .that()
        .resideInAnyPackage(JUDGING)
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class);
  }

  private static final class AsksTheClock {
    @SuppressWarnings("unused") // read by ArchUnit
    private static final Instant MADE = Instant.now();
  }
}
