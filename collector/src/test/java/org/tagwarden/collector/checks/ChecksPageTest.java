package org.tagwarden.collector.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.changes.ChangeRule;

/**
 * Keeps {@code docs/checks.md} in line with the catalogue. {@code -Dchecks.page=write} writes it
 * anew.
 */
class ChecksPageTest {
  private static final Path PAGE = Path.of("..", "docs", "checks.md");

  @Test
  void theDocumentedChecksAreThoseOfTheCatalogue() throws IOException {
    if ("write".equals(System.getProperty("checks.page"))) Files.writeString(PAGE, page());
    assertThat(Files.readString(PAGE))
        .as("run this test with -Dchecks.page=write to write docs/checks.md anew")
        .isEqualTo(page());
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # The checks

            Each check looks at one page visit. What it finds wrong is one finding per site, check and subject, however many
            pages and scans show it. Visits that failed or met a bot challenge are not judged. This page is written from the
            catalogue (`collector/src/main/java/org/tagwarden/collector/checks`), with each check's own example.

            """);
    page.append("| check | what | usual severity |\n|---|---|---|\n");
    for (Check check : CheckCatalog.ALL) {
      page.append(
          "| [%s](#%s) | %s | %s |%n"
              .formatted(check.id(), check.id(), check.title(), word(check)));
    }
    page.append(
        """

        A visit is also compared with what its site is known to hold (`collector/src/main/java/org/tagwarden/collector/changes`,
        [how](decisions/changes.md)). What differs is a finding until it is accepted, approved or gone:

        | change | what | usual severity | why it matters |
        |---|---|---|---|
        """);
    for (ChangeRule rule : ChangeRule.ALL) {
      page.append(
          "| %s | %s | %s | %s |%n"
              .formatted(rule.id(), rule.title(), word(rule), rule.whyItMatters()));
    }
    for (Check check : CheckCatalog.ALL) section(page, check);
    return page.toString();
  }

  private static void section(StringBuilder page, Check check) {
    Failure example = check.examine(check.example()).get(0);
    page.append("\n## ").append(check.id()).append("\n\n");
    page.append("**").append(check.title()).append(".** ").append(check.whyItMatters());
    page.append("\n\n- Severity: ")
        .append(word(check))
        .append(", unless the finding says otherwise");
    page.append("\n- Remedy: ").append(example.remedy());
    page.append("\n- Example: \"").append(example.summary()).append("\" Evidence:\n");
    for (String line : example.evidence()) page.append("  - `").append(line).append("`\n");
  }

  private static String word(Rule check) {
    return check.severity().name().toLowerCase(Locale.ROOT);
  }
}
