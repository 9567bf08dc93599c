package org.tagwarden.dashboard.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tagwarden.dashboard.view.Chart.Series;

class ChartTest {
  @Test
  void a_single_day_is_a_bar_that_can_be_seen() {
    Chart chart =
        Chart.lines(
            List.of("22 Nov"),
            List.of(new Series("Load", "one", new double[] {6})),
            value -> value + " ms");

    assertThat(chart.curves().get(0).line()).isEqualTo("M470 0h60");
    assertThat(chart.curves().get(0).area()).isEqualTo("M470 0h60L530 200h-60Z");
  }

  @Test
  void a_gap_leaves_a_day_alone_beside_a_curve() {
    Chart chart =
        Chart.lines(
            List.of("1", "2", "3", "4"),
            List.of(new Series("Load", "one", new double[] {0, 10, Double.NaN, 10})),
            String::valueOf);

    assertThat(chart.curves().get(0).line()).startsWith("M0 200L333.3 0M970 0h60");
  }
}
