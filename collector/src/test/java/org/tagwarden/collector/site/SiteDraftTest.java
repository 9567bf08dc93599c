package org.tagwarden.collector.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tagwarden.collector.Refusal;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.VisitOptions;

class SiteDraftTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "shop.example", "ftp://shop.example", "https://", "https:///x", "ht tp://a b"})
  void what_is_no_web_address_is_refused_with_an_example(String url) {
    assertThatThrownBy(() -> SiteDraft.of("Shop", url))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("baseUrl"))
        .hasMessageContaining("https://www.example.com");
  }

  @Test
  void an_address_with_a_password_is_refused_and_not_repeated() {
    assertThatThrownBy(() -> SiteDraft.of("Shop", "https://ann:s3cret@shop.example"))
        .hasMessageContaining("before @")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void first_party_domains_and_mail_addresses_are_checked() {
    assertThatThrownBy(() -> draft(List.of("https://static.example"), List.of()))
        .hasMessageContaining("is no domain");
    assertThatThrownBy(() -> draft(List.of(), List.of("it at example")))
        .hasMessageContaining("is no e-mail address");
    assertThat(draft(List.of(" Static.Example "), List.of()).firstParty())
        .containsExactly("static.example");
  }

  @Test
  void more_than_the_most_is_refused() {
    SiteDraft draft = SiteDraft.of("Shop", "https://shop.example");

    assertThatThrownBy(
            () ->
                new SiteDraft(
                    "Shop",
                    draft.baseUrl(),
                    List.of(),
                    new PageSet(PageSet.Kind.CRAWL, draft.pages().urls(), 10_001),
                    draft.options(),
                    true,
                    List.of()))
        .hasMessage("At most 10000 pages per scan, not 10001.");
  }

  private static SiteDraft draft(List<String> firstParty, List<String> emails) {
    return new SiteDraft(
        "Shop",
        "https://shop.example",
        firstParty,
        new PageSet(PageSet.Kind.LIST, List.of("https://shop.example/"), 1),
        VisitOptions.DEFAULT,
        true,
        emails);
  }
}
