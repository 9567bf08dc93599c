package org.tagwarden.collector.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.vendors.Category;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.ResourceType;
import org.tagwarden.report.ScriptBehaviour;

/** Checks of what happens around the visitor's choice, and of fields that are read. */
class ConsentChecksTest {
  private static final String PIXEL = "https://ads.network.example/pixel.gif";
  private static final String REPLAY = "https://replay.recorder.example/r.js";

  @Test
  void a_tag_that_waits_for_consent_passes() {
    Visited visited =
        shop().choice(ConsentState.ACCEPT).request(PIXEL, ResourceType.IMAGE).visited();
    assertThat(new TagBeforeChoiceCheck().examine(visited)).isEmpty();
    assertThat(new TagAfterRejectCheck().examine(visited)).isEmpty();
  }

  @Test
  void without_a_choice_nobody_is_blamed() {
    Visited visited = shop().request(PIXEL, ResourceType.IMAGE).visited();
    assertThat(new TagBeforeChoiceCheck().examine(visited)).isEmpty();
    assertThat(new TagAfterRejectCheck().examine(visited)).isEmpty();
  }

  @Test
  void a_tag_that_fires_early_and_late_is_one_failure_each() {
    Visited visited =
        shop()
            .request(PIXEL, ResourceType.IMAGE)
            .request(PIXEL + "?again", ResourceType.IMAGE)
            .choice(ConsentState.REJECT)
            .request(PIXEL + "?late", ResourceType.IMAGE)
            .visited();
    List<Failure> early = new TagBeforeChoiceCheck().examine(visited);
    assertThat(early).extracting(Failure::subject).containsExactly("network");
    assertThat(early.get(0).evidence()).hasSize(2);
    List<Failure> late = new TagAfterRejectCheck().examine(visited);
    assertThat(late).extracting(Failure::subject).containsExactly("network");
    assertThat(late.get(0).evidence()).hasSize(1).first().asString().contains("?late");
  }

  @Test
  void what_a_page_cannot_do_without_is_not_asked_for() {
    Visited visited =
        ExampleVisit.clean()
            .tag("fonts.host.example", "fonts", "Fonts", Category.FONTS, "f")
            .request("https://fonts.host.example/a.woff2", ResourceType.FONT)
            .choice(ConsentState.REJECT)
            .request("https://fonts.host.example/b.woff2", ResourceType.FONT)
            .visited();
    assertThat(new TagBeforeChoiceCheck().examine(visited)).isEmpty();
    assertThat(new TagAfterRejectCheck().examine(visited)).isEmpty();
  }

  @Test
  void only_payment_and_sign_in_fields_are_sensitive() {
    assertThat(readBy(Category.SESSION_REPLAY, "input q type=search")).isEmpty();
    assertThat(readBy(Category.SESSION_REPLAY, "input discard type=text")).isEmpty();
    assertThat(readBy(Category.SESSION_REPLAY, "input pw type=password")).hasSize(1);
    assertThat(readBy(Category.UNKNOWN, "input cvc type=text")).hasSize(1);
  }

  @Test
  void payment_providers_and_the_site_itself_may_read_them() {
    assertThat(readBy(Category.PAYMENT, "input x type=text autocomplete=cc-number")).isEmpty();
    Visited own =
        ExampleVisit.clean()
            .script(ExampleVisit.PAGE + "pay.js", "pay();")
            .behaviour(
                ScriptBehaviour.Kind.FIELD_READ,
                "input cvc type=text",
                ExampleVisit.PAGE + "pay.js")
            .visited();
    assertThat(new SensitiveFieldReadCheck().examine(own)).isEmpty();
  }

  @Test
  void a_host_of_the_sites_own_that_leads_to_its_hosting_company_is_no_disguise() {
    Visited hosted =
        ExampleVisit.clean()
            .alias("static.shop.example", "d1.cdn.example")
            .request("https://static.shop.example/logo.png", ResourceType.IMAGE)
            .visited();
    assertThat(new CloakedVendorCheck().examine(hosted)).isEmpty();
  }

  private static List<Failure> readBy(Category category, String field) {
    Visited visited =
        ExampleVisit.clean()
            .tag("replay.recorder.example", "recorder", "Recorder", category, "r-1")
            .script(REPLAY, "record();")
            .behaviour(ScriptBehaviour.Kind.FIELD_READ, field, REPLAY)
            .visited();
    return new SensitiveFieldReadCheck().examine(visited);
  }

  private static ExampleVisit shop() {
    return ExampleVisit.clean()
        .tag("ads.network.example", "network", "Network", Category.ADVERTISING, "n-1");
  }
}
