package org.tagwarden.collector.alerts.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.alerts.AlertKind;
import org.tagwarden.collector.alerts.AlertMessage;
import org.tagwarden.collector.alerts.AlertStory;
import org.tagwarden.collector.alerts.ScriptDeeds;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.findings.ChangeKind;
import org.tagwarden.report.SampleReports;

class AlertMailTest {
  @Test
  void a_strangers_url_cannot_write_into_the_mail() {
    String hostile = "evil.example/\"><img src=x onerror=alert(1)>'&\r\nBcc: all@shop.example";
    ScriptDeeds deeds =
        new ScriptDeeds(hostile, List.of(hostile), 1, 10, Map.of(hostile, 1), List.of(hostile));

    AlertMessage message = message(ChangeKind.OPENED, hostile, deeds);

    assertThat(AlertMail.html(message))
        .doesNotContain("<img")
        .contains("evil.example/&quot;&gt;&lt;img src=x onerror=alert(1)&gt;&#39;&amp; Bcc");
    assertThat(AlertMail.text(message)).doesNotContain("\nBcc", "\r");
    assertThat(AlertMail.subject(message)).doesNotContain("\r", "\n");
  }

  @Test
  void a_script_that_came_back_says_so() {
    AlertMessage message = message(ChangeKind.REOPENED, "a.example/x.js", null);

    assertThat(AlertMail.subject(message))
        .isEqualTo("Back and not approved: a.example/x.js on Shop (Client)");
    assertThat(AlertMail.text(message)).startsWith("A script that nobody approved is back on Shop");
  }

  @Test
  void without_the_visit_the_evidence_of_the_check_stands_in() {
    assertThat(AlertMail.text(message(ChangeKind.OPENED, "a.example/x.js", null)))
        .contains("Evidence\n  seen once")
        .contains("Look at the finding: https://tags.example/look");
  }

  @Test
  void every_mail_says_what_to_do_who_is_next_and_how_to_take_care_of_it() {
    AlertMessage message = message(ChangeKind.OPENED, "a.example/x.js", null);

    assertThat(AlertMail.text(message))
        .contains("Why it matters\n  It can read everything.")
        .contains("What to do\n  Decide.")
        .contains("Next in line\n  Ada (IT owner, ada@shop.example)")
        .contains("I take care of it: https://tags.example/act/a")
        .contains("No more mails about this site: https://tags.example/act/u");
    assertThat(AlertMail.html(message)).contains("href=\"https://tags.example/act/a\"");
  }

  @Test
  void what_is_resolved_asks_for_nothing() {
    AlertMessage message = message(ChangeKind.RESOLVED, "a.example/x.js", null);

    assertThat(AlertMail.subject(message)).isEqualTo("Resolved: a.example/x.js on Shop (Client)");
    assertThat(AlertMail.text(message))
        .contains("Nothing: it is gone.")
        .doesNotContain("I take care");
  }

  private static AlertMessage message(
      ChangeKind change, String subject, @Nullable ScriptDeeds deeds) {
    return new AlertMessage(
        AlertKind.NOW,
        List.of(story(change, subject, deeds)),
        1,
        "Ada (IT owner, ada@shop.example).",
        List.of(),
        new AlertMessage.Links(
            "https://tags.example/look",
            "https://tags.example/act/a",
            "https://tags.example/act/u"));
  }

  private static AlertStory story(ChangeKind change, String subject, @Nullable ScriptDeeds deeds) {
    return new AlertStory(
        7,
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
        deeds,
        null);
  }
}
