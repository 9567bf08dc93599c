package org.tagwarden.collector.governance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.governance.Preview.Match;
import org.tagwarden.collector.governance.Preview.Running;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.governance.rules.Occurrence;
import org.tagwarden.collector.governance.rules.Rules;
import org.tagwarden.collector.governance.rules.Scope;
import org.tagwarden.collector.governance.rules.Subject;
import org.tagwarden.collector.governance.rules.Verdict;

class PreviewTest {
  private static final Instant NOW = Instant.parse("2026-03-02T06:00:00Z");
  private static final Scope SHOP = Scope.site(1, 7);
  private static final Scope CLIENT = new Scope(1, null, Scope.Pages.ALL);

  private static final Map<Integer, Integer> CLIENTS = Map.of(7, 1, 8, 1);

  private static final List<Running> RUNNING =
      List.of(
          running(7, "Shop", "https://cdn.shared.example/npm/slider.js"),
          running(7, "Shop", "https://cdn.shared.example/gh/other.js"),
          running(8, "Blog", "https://cdn.shared.example/npm/slider.js"));

  @Test
  void says_what_a_pattern_matches_today_on_the_sites_where_it_holds() {
    Preview preview = preview(SHOP, "cdn.shared.example/npm/", List.of());
    assertThat(preview.matches())
        .extracting(match -> match.running().siteName() + " " + match.running().what().url())
        .containsExactly("Shop https://cdn.shared.example/npm/slider.js");
    assertThat(preview.decides()).isEqualTo(1);
    assertThat(preview(CLIENT, "cdn.shared.example/npm/", List.of()).matches()).hasSize(2);
    assertThat(preview(SHOP, "cdn.nobody.example/x/", List.of()).matches()).isEmpty();
  }

  @Test
  void says_which_stronger_rule_overrules_it() {
    Authorization exact =
        Rules.rule(
            SHOP,
            new Subject(Subject.Kind.URL, "cdn.shared.example/npm/slider.js"),
            Verdict.REFUSED);
    Preview preview = preview(SHOP, "cdn.shared.example/npm/", List.of(exact));
    assertThat(preview.matches()).extracting(Match::overruledBy).containsExactly(exact);
    assertThat(preview.decides()).isZero();
    assertThat(preview.overlaps()).containsExactly(exact);
    assertThat(preview.shadowed()).isEmpty();
  }

  @Test
  void points_out_a_rule_that_would_decide_nothing_any_more() {
    Authorization wide =
        Rules.rule(SHOP, new Subject(Subject.Kind.HOST, "cdn.shared.example"), Verdict.APPROVED);
    assertThat(preview(SHOP, "cdn.shared.example/npm/", List.of(wide)).shadowed()).isEmpty();
    assertThat(preview(SHOP, "cdn.shared.example/npm/", List.of(wide)).overlaps())
        .containsExactly(wide);
    assertThat(preview(SHOP, "cdn.shared.example/*", List.of(wide)).shadowed())
        .containsExactly(wide);
  }

  @Test
  void what_it_replaces_is_no_overlap() {
    Subject subject = new Subject(Subject.Kind.URL, "cdn.shared.example/npm/");
    Authorization before = Rules.rule(SHOP, subject, Verdict.REFUSED);
    Preview preview = preview(SHOP, "cdn.shared.example/npm/", List.of(before));
    assertThat(preview.overlaps()).isEmpty();
    assertThat(preview.shadowed()).isEmpty();
    assertThat(preview.decides()).isEqualTo(1);
  }

  @Test
  void a_saved_rule_that_decides_nothing_says_why() {
    Authorization nowhere =
        Rules.rule(SHOP, new Subject(Subject.Kind.HOST, "cdn.nobody.example"), Verdict.APPROVED);
    Authorization hidden =
        Rules.rule(SHOP, new Subject(Subject.Kind.VENDOR, "Shared"), Verdict.APPROVED);
    Authorization exact =
        Rules.rule(
            CLIENT,
            new Subject(Subject.Kind.URL, "cdn.shared.example/npm/slider.js"),
            Verdict.REFUSED);
    Authorization rest =
        Rules.rule(SHOP, new Subject(Subject.Kind.HOST, "cdn.shared.example"), Verdict.APPROVED);
    List<Authorization> all = List.of(nowhere, hidden, exact, rest);

    Map<Integer, Reach> reaches = Reach.of(all, CLIENTS, RUNNING, NOW);

    assertThat(reaches.get(nowhere.id())).isEqualTo(new Reach(false, null, List.of()));
    assertThat(reaches.get(hidden.id()).decides()).isFalse();
    assertThat(reaches.get(hidden.id()).overruledBy()).isNotNull();
    assertThat(reaches.get(exact.id()).decides()).isTrue();
    assertThat(reaches.get(rest.id()).decides()).isTrue();
    assertThat(reaches.get(rest.id()).overlaps()).containsExactlyInAnyOrder(exact, hidden);
  }

  private static Preview preview(Scope scope, String pattern, List<Authorization> held) {
    return Preview.of(
        AuthorizationDraft.plain(
            scope, new Subject(Subject.Kind.URL, pattern), Verdict.APPROVED, "needed"),
        RUNNING,
        held,
        NOW);
  }

  private static Running running(int site, String name, String url) {
    return new Running(site, name, 3, "Shared CDN", new Occurrence("Shared", "shared", url, null));
  }
}
