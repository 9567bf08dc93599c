package org.tagwarden.collector.alerts.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.alerts.AlertKind;
import org.tagwarden.collector.alerts.AlertLines;
import org.tagwarden.collector.alerts.AlertMessage;
import org.tagwarden.collector.alerts.AlertStory;
import org.tagwarden.collector.alerts.ScriptDeeds;
import org.tagwarden.collector.alerts.webhook.WebhookBody;
import org.tagwarden.collector.changes.LookedAgain;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.findings.ChangeKind;
import org.tagwarden.collector.owners.OrphanKind;
import org.tagwarden.report.SampleReports;

class AlertMailTest {
  private static final AlertMessage.Links LINKS =
      new AlertMessage.Links(
          "https://tags.example/look", "https://tags.example/act/a", "https://tags.example/act/u");

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
  void nor_can_invisible_characters_or_such_as_turn_the_direction() {
    String hostile = "good.example/\u202Esj.live\u2028What to do: nothing\u0085\u200B";

    AlertMessage message = message(ChangeKind.OPENED, hostile, null);

    for (String said : List.of(AlertMail.text(message), AlertMail.html(message))) {
      assertThat(said).contains("good.example/ sj.live What to do: nothing");
      assertThat(said).doesNotContainPattern("[\u202a-\u202e\u2028\u2029\u0085\u200b]");
    }
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
  void what_is_about_owners_says_who_and_counts_no_pages() {
    AlertMessage message =
        message(AlertKind.NOW, ofOwner("Ida, IT owner of Hotjar, cannot be reached by mail"));

    assertThat(AlertMail.subject(message))
        .isEqualTo("Ida, IT owner of Hotjar, cannot be reached by mail on Shop (Client)");
    assertThat(AlertMail.text(message))
        .startsWith("Mails reach nobody: Shop")
        .doesNotContain("known pages");
    assertThat(AlertLines.of(message)).contains("Shop (Client), since").doesNotContain("pages");
  }

  @Test
  void a_test_says_that_it_is_one_and_asks_for_nothing() {
    AlertMessage message = message(AlertKind.TEST, ofOwner("Nothing happened."));

    assertThat(AlertMail.subject(message)).isEqualTo("Mails reach nobody");
    assertThat(AlertMail.text(message))
        .contains("Sent to", "Open Tagwarden:")
        .doesNotContain("I take care of it", "No more mails", "Site\n");
  }

  @Test
  void a_list_says_of_each_finding_what_where_since_when_by_whom_and_why() {
    AlertStory one = message(ChangeKind.OPENED, "a.example/x.js", null).first();
    AlertStory two = ofOwner("Ida cannot be reached by mail");
    AlertMessage both =
        new AlertMessage(AlertKind.DAILY, List.of(one, two), 60, "Ada.", List.of(), LINKS);

    assertThat(AlertMail.text(both))
        .contains("The 2 most urgent are listed.", "and 58 further findings")
        .contains("Script that nobody approved: It can read everything.")
        .contains("Mails reach nobody: What nobody answers for")
        .contains("a.example/x.js", "on 1 of 1 known page since");
    assertThat(AlertLines.of(both)).contains("Shop (Client)", "and 58 more", "What to do: ");
  }

  @Test
  void a_list_of_many_kinds_explains_the_most_urgent_and_nothing_that_is_resolved() {
    List<AlertStory> stories = new ArrayList<>();
    for (int i = 0; i < 7; i++) stories.add(kind(ChangeKind.OPENED, "Kind " + i));
    stories.add(kind(ChangeKind.RESOLVED, "Kind 99"));
    AlertMessage message = new AlertMessage(AlertKind.NOW, stories, 8, "Ada.", List.of(), LINKS);

    assertThat(AlertMail.text(message))
        .contains("Kind 0: Why Kind 0", "Kind 4: Do Kind 4", "The others: look at the findings.")
        .contains("Summary of Kind 6")
        .doesNotContain("Why Kind 5", "Do Kind 99");
    assertThat(AlertMail.subject(message(AlertKind.NOW, ofOwner("Ida cannot be reached."))))
        .startsWith("Ida cannot be reached on Shop");
  }

  private static AlertStory kind(ChangeKind change, String title) {
    return new AlertStory(
        7,
        "certificate",
        change,
        SampleReports.START,
        "Client",
        3,
        "Shop",
        "https://shop.example",
        title,
        "Why " + title,
        "a.example",
        Severity.HIGH,
        "Summary of " + title,
        List.of(),
        "Do " + title,
        SampleReports.START,
        null,
        List.of(),
        0,
        1,
        null,
        null);
  }

  @Test
  void what_is_resolved_asks_for_nothing() {
    AlertMessage message = message(ChangeKind.RESOLVED, "a.example/x.js", null);

    assertThat(AlertMail.subject(message)).isEqualTo("Resolved: a.example/x.js on Shop (Client)");
    assertThat(AlertMail.text(message))
        .contains("Nothing: it is gone.")
        .doesNotContain("I take care");
  }

  @Test
  void what_somebody_accepted_is_not_said_to_be_gone() {
    AlertStory.Care care =
        new AlertStory.Care(null, null, null, null, "Accepted by Ida: moved to the new server.");
    AlertMessage message =
        message(AlertKind.NOW, story(ChangeKind.RESOLVED, "a.example/x.js", null, care));

    assertThat(AlertMail.text(message))
        .contains("Accepted by Ida: moved to the new server. It said: It runs.")
        .doesNotContain("gone", "no longer so");
    assertThat(AlertLines.of(message)).contains("Accepted by Ida").doesNotContain("no longer so");
  }

  @Test
  void it_says_what_came_of_looking_again_and_who_brought_what_belongs_to_no_tag() {
    AlertStory.Care care = new AlertStory.Care(null, null, null, LookedAgain.NOT_SEEN, "");
    AlertMessage message =
        message(AlertKind.NOW, story(ChangeKind.OPENED, "shop.example/app.js", null, care));

    for (String said : List.of(AlertMail.text(message), AlertLines.of(message))) {
      assertThat(said).contains("did not show", "the site itself (it belongs to no tag)");
    }
    JsonObject finding = WebhookBody.of("id-1", message).getJsonArray("findings").getJsonObject(0);
    assertThat(finding.getString("lookedAgain")).isEqualTo("NOT_SEEN");
    assertThat(finding.getString("broughtBy")).startsWith("the site itself");
    assertThat(AlertLines.of(message(AlertKind.NOW, ofOwner("Ida is away"))))
        .doesNotContain("Brought by");
  }

  private static AlertMessage message(
      ChangeKind change, String subject, @Nullable ScriptDeeds deeds) {
    return message(AlertKind.NOW, story(change, subject, deeds));
  }

  private static AlertMessage message(AlertKind kind, AlertStory story) {
    return new AlertMessage(
        kind, List.of(story), 1, "Ada (IT owner, ada@shop.example).", List.of(), LINKS);
  }

  private static AlertStory ofOwner(String summary) {
    return new AlertStory(
        8,
        OrphanKind.BOUNCES.checkId(),
        ChangeKind.OPENED,
        SampleReports.START,
        "Client",
        3,
        "Shop",
        "https://shop.example",
        OrphanKind.BOUNCES.title(),
        OrphanKind.WHY,
        "IT owner of hotjar",
        Severity.MEDIUM,
        summary,
        List.of("550"),
        "Name somebody else.",
        SampleReports.START,
        null,
        List.of(),
        0,
        1,
        null,
        null);
  }

  private static AlertStory story(ChangeKind change, String subject, @Nullable ScriptDeeds deeds) {
    return story(change, subject, deeds, null);
  }

  private static AlertStory story(
      ChangeKind change,
      String subject,
      @Nullable ScriptDeeds deeds,
      AlertStory.@Nullable Care care) {
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
        care);
  }
}
