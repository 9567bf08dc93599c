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

  private static final String WHO_SPEAKS =
      """

      ## Who speaks when several saw the same

      One real change is one finding. Where several checks or rules see the same deed, one of them speaks, is as grave as
      the gravest, and names what the others say; the others are no findings while it is one. Changes that another finding
      explains stand in the log of changes with a link to it.

      | seen together | who speaks |
      |---|---|
      | a script sends data to a host that is new to the site (script-contact, critical), and its tag's authorization bars that host (envelope-drift: hosts, fourth parties) | script-contact, naming the property |
      | a script contacts a new host without sending, or a host that the site knows, and the authorization bars it | envelope-drift |
      | a script reads payment or sign-in fields (sensitive-field-read, script-read), and the authorization bars form reading (envelope-drift) | sensitive-field-read, naming the property |
      | a known script takes to reading such fields and to sending to a host that is new to the site (script-contact, critical; sensitive-field-read) | script-contact, naming the fields |
      | a script listens to keys, reads out a device or uses it (script-deed), and the authorization bars that | envelope-drift |
      | a cookie, stored item or host is new (cookie-changed, storage-changed, new-host), and the authorization bars it | envelope-drift |
      | a new cookie lacks flags (cookie-flags, cookie-changed), and the authorization bars it | envelope-drift, as grave as cookie-flags |
      | a tag fires before or without consent (tag-before-choice, tag-after-reject), and its authorization asks for it (envelope-drift: consent) | envelope-drift |
      | a tag fires before the visitor chose (tag-before-choice) and after a no (tag-after-reject) | the one that is open already, else tag-after-reject; as grave as that |
      | a script that nobody approved (unapproved-script) reads payment or sign-in fields, comes without encryption or lacks integrity | unapproved-script; critical when it reads such fields |
      | a script that nobody approved comes from a host known for malicious code (compromised-host) | compromised-host |
      | a script over http, and its host as mixed content | script-over-http |
      | a tag that is new since the site is known (new-third-party, its hosts, cookies, frames, contacts), and everything else that is wrong with it (duplicate-tag, cookie-flags, consent, further scripts) | compromised-host or unapproved-script, else new-third-party, until somebody decides |
      | a script's text changes (script-changed, inline-script-changed), and it newly contacts a host, loads a tag or does something | what it newly does |
      | a container is published (container-published) and brings a tag or contact that is a finding | that finding |
      | a new frame (new-frame) in which a script runs that nobody approved | unapproved-script |
      | a security header changes (header-changed), and it is missing or weak now (security-headers, weak-content-policy) | the check |
      | a host becomes an alias of a vendor (alias-moved, cloaked-vendor) | cloaked-vendor |
      | a host's alias leads to a name that does not exist (dangling-alias, alias-moved, failing-third-party) | dangling-alias |
      | a host cannot be asked because of its certificate (certificate, failing-third-party) | certificate |
      | an approval has expired (authorization-lapsed, unapproved-script) | authorization-lapsed |

      Every other pair is about two things that have to be mended apart, and is two findings. What was told as part of a
      tag that is new becomes a finding of its own once the tag is approved and it is still there. Somebody who accepts a
      script's contact accepts it for the limits of its authorization, too.

      Without any alert rule, people hear of unapproved scripts, and of whoever may speak for them or for scripts that do
      harm where that is critical (script-contact, compromised-host, sensitive-field-read, envelope-drift, dangling-alias):
      so whoever speaks, somebody is told, once.
      """;

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
    page.append(WHO_SPEAKS);
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
