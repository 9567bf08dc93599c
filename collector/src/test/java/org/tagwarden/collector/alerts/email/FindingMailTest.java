package org.tagwarden.collector.alerts.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.alerts.AlertStory;
import org.tagwarden.collector.alerts.ScriptDeeds;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.findings.ChangeKind;
import org.tagwarden.report.SampleReports;

class FindingMailTest {
  private final FindingMail mail = new FindingMail("https://tags.example");

  @Test
  void a_strangers_url_cannot_write_into_the_mail() {
    String hostile = "evil.example/\"><img src=x onerror=alert(1)>'&\r\nBcc: all@shop.example";
    ScriptDeeds deeds =
        new ScriptDeeds(hostile, List.of(hostile), 1, 10, Map.of(hostile, 1), List.of(hostile));

    AlertStory story = story(ChangeKind.OPENED, hostile, deeds);

    assertThat(mail.html(story))
        .doesNotContain("<img")
        .contains("evil.example/&quot;&gt;&lt;img src=x onerror=alert(1)&gt;&#39;&amp; Bcc");
    assertThat(mail.text(story)).doesNotContain("\nBcc", "\r");
    assertThat(mail.subject(story)).doesNotContain("\r", "\n");
  }

  @Test
  void a_script_that_came_back_says_so() {
    AlertStory story = story(ChangeKind.REOPENED, "a.example/x.js", null);

    assertThat(mail.subject(story))
        .isEqualTo("Back and not approved: a.example/x.js on Shop (Client)");
    assertThat(mail.text(story)).startsWith("A script that nobody approved is back on Shop");
  }

  @Test
  void without_the_visit_the_evidence_of_the_check_stands_in() {
    assertThat(mail.text(story(ChangeKind.OPENED, "a.example/x.js", null)))
        .contains("Evidence\n  seen once")
        .contains("Look at the finding: https://tags.example/sites/3/findings");
  }

  private static AlertStory story(ChangeKind change, String subject, @Nullable ScriptDeeds deeds) {
    return new AlertStory(
        "unapproved-script",
        change,
        SampleReports.START,
        "Client",
        3,
        "Shop",
        "https://shop.example",
        "Script that nobody approved",
        "It can read everything.",
        subject,
        Severity.HIGH,
        "It runs.",
        List.of("seen once"),
        "Decide.",
        SampleReports.START,
        null,
        List.of("https://shop.example/"),
        1,
        1,
        deeds);
  }
}
