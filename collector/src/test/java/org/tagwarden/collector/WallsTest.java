package org.tagwarden.collector;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.vertx.ext.web.Router;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.api.Vitals;

/**
 * The walls between the packages of the collector. Each is shown to fail on a class that breaks it:
 * a rule that cannot fail guards nothing. PurityTest guards recognition and checks.
 */
class WallsTest {
  private static final JavaClasses COLLECTOR =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.tagwarden.collector");

  @Test
  void only_the_database_package_knows_flyway_and_jdbc() {
    ArchRule rule =
        noClasses()
            .that()
            .resideOutsideOfPackage("org.tagwarden.collector.db..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.flywaydb..", "java.sql..", "org.postgresql..");

    holdsAndCanFail(rule, UsesFlyway.class);
    canFail(rule, UsesJdbc.class);
  }

  @Test
  void only_the_api_knows_http_and_only_the_wiring_knows_the_api() {
    ArchRule http =
        noClasses()
            .that(DescribedPredicate.not(wiringOrApi()))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.vertx.ext.web..", "io.vertx.openapi..", "org.tagwarden.collector.api..");

    holdsAndCanFail(http, ServesPages.class);
    canFail(http, UsesTheApi.class);
  }

  private static DescribedPredicate<JavaClass> wiringOrApi() {
    return resideInAPackage("org.tagwarden.collector.api..").or(type(Collector.class));
  }

  @Test
  void time_is_always_a_parameter() {
    ArchRule rule =
        noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(OffsetDateTime.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone");

    holdsAndCanFail(rule, AsksTheClock.class);
  }

  private static void holdsAndCanFail(ArchRule rule, Class<?> offender) {
    assertThat(COLLECTOR).hasSizeGreaterThan(100);
    rule.check(COLLECTOR);
    canFail(rule, offender);
  }

  private static void canFail(ArchRule rule, Class<?> offender) {
    JavaClasses one = new ClassFileImporter().importClasses(offender);
    assertThat(rule.evaluate(one).hasViolation()).as(offender.getSimpleName()).isTrue();
  }

  private static final class UsesFlyway {
    void migrate() {
      Flyway.configure().load();
    }
  }

  private static final class UsesJdbc {
    void commit(Connection connection) throws SQLException {
      connection.commit();
    }
  }

  private static final class ServesPages {
    void mount(Router router) {
      router.route();
    }
  }

  private static final class UsesTheApi {
    void stop(Vitals vitals) {
      vitals.close();
    }
  }

  private static final class AsksTheClock {
    Instant now() {
      return Instant.now();
    }
  }
}
