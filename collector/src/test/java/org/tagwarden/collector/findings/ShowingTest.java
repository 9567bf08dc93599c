package org.tagwarden.collector.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tagwarden.collector.findings.Showing.Absence;

/** When an absence means something. */
class ShowingTest {
  @ParameterizedTest
  @CsvSource({"1, 30", "2, 13", "3, 7", "5, 4", "10, 3", "30, 2", "200, 1"})
  void the_longer_it_always_showed_the_sooner_its_absence_is_sure(int shown, int visits) {
    Showing showing = Showing.first(1);

    assertThat(visitsUntilGone(showing, shown + 1, Absence.GUESSED)).isEqualTo(visits);
  }

  @ParameterizedTest
  @CsvSource({"1, 30", "2, 30", "3, 21", "5, 9", "10, 5", "30, 3", "200, 2"})
  void what_is_told_must_be_surer(int shown, int visits) {
    Showing showing = Showing.first(1);

    assertThat(visitsUntilGone(showing, shown + 1, Absence.TOLD)).isEqualTo(visits);
  }

  @Test
  void a_visit_that_would_have_shown_it_is_enough() {
    assertThat(Showing.first(1).missing(2, Absence.SEEN).gone()).isTrue();
  }

  @Test
  void even_such_a_visit_is_not_for_what_came_back_before() {
    Showing flapping = Showing.first(1).missing(2, Absence.SEEN).shown(3);

    assertThat(flapping.comesAndGoes()).isTrue();
    assertThat(flapping.missing(4, Absence.SEEN).gone()).isFalse();
  }

  @Test
  void what_shows_on_one_load_of_five_needs_a_long_absence_and_its_return_is_no_news() {
    Showing showing = Showing.first(1);
    for (int visit = 2; visit <= 50; visit++) {
      showing = visit % 5 == 1 ? showing.shown(visit) : showing.missing(visit, Absence.GUESSED);
      assertThat(showing.gone()).as("visit " + visit).isFalse();
    }
    Showing missing = showing;
    int gone = visitsUntilGone(missing, 51, Absence.GUESSED);
    assertThat(gone).isBetween(40, 48);
    assertThat(visitsUntilGone(missing, 51, Absence.TOLD)).isBetween(80, 92);
    for (int visit = 51; visit < 120; visit++) missing = missing.missing(visit, Absence.GUESSED);
    assertThat(missing.gone()).isTrue();
    assertThat(missing.expectedBack(80)).isTrue();
  }

  @Test
  void what_always_showed_and_is_back_after_long_begins_anew() {
    Showing showing = Showing.first(1);
    for (int visit = 31; visit <= 60; visit++) showing = showing.missing(visit, Absence.GUESSED);

    assertThat(showing.gone()).isTrue();
    assertThat(showing.expectedBack(61)).isFalse();
    assertThat(showing.shown(61)).isEqualTo(Showing.first(61));
  }

  @Test
  void a_thousand_tags_that_come_and_go_at_random_are_rarely_taken_for_gone() {
    Random random = new Random(7);
    int wrong = 0;
    for (int tag = 0; tag < 1_000; tag++) {
      Showing showing = Showing.first(1);
      for (int visit = 2; visit <= 200; visit++) {
        boolean shows = random.nextDouble() < 0.2;
        showing = shows ? showing.shown(visit) : showing.missing(visit, Absence.GUESSED);
        if (showing.gone()) {
          wrong++;
          break;
        }
      }
    }
    assertThat(wrong).isLessThan(70);
  }

  @Test
  void few_that_show_on_one_load_of_five_are_told_to_be_gone_within_fifty_visits() {
    Random random = new Random(11);
    int wrong = 0;
    for (int tag = 0; tag < 1_000; tag++) {
      Showing showing = Showing.first(1);
      for (int visit = 2; visit <= 50 && !showing.gone(); visit++) {
        boolean shows = random.nextDouble() < 0.2;
        showing = shows ? showing.shown(visit) : showing.missing(visit, Absence.TOLD);
      }
      if (showing.gone()) wrong++;
    }
    assertThat(wrong).isLessThan(20);
  }

  /** It showed on every visit before {@code next} and on none from there on. */
  private static int visitsUntilGone(Showing showing, int next, Absence absence) {
    Showing now = showing;
    for (int visit = next; visit < next + 1_000; visit++) {
      now = now.missing(visit, absence);
      if (now.gone()) return visit - next + 1;
    }
    return -1;
  }
}
