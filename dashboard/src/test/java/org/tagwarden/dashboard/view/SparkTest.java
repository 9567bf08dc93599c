package org.tagwarden.dashboard.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "29, 29",
    "3.449, 3.4",
    "3.451, 3.5",
    "99.96, 100",
    "-1.25, -1.3",
    "-0.01, 0"
  })
  void a_coordinate_has_at_most_one_digit(double value, String text) {
    assertThat(Spark.Points.of(value)).isEqualTo(text);
  }

  @Test
  void a_curve_runs_from_left_to_right_with_the_highest_at_the_top() {
    Spark spark = Spark.of(new long[] {0, 10, 5}, "three days");

    assertThat(spark.line()).isEqualTo("M0 29L50 2L100 15.5");
    assertThat(spark.area()).isEqualTo(spark.line() + "L100 30L0 30Z");
  }

  @Test
  void one_day_is_a_bar_at_the_right_end() {
    Spark spark = Spark.of(new long[] {7}, "today");

    assertThat(spark.line()).isEqualTo("M88 2L100 2");
    assertThat(spark.area()).isEqualTo("M88 2L100 2L100 30L88 30Z");
  }

  @Test
  void nothing_to_draw_draws_nothing() {
    assertThat(Spark.of(new long[0], "no scan").line()).isEmpty();
  }
}
