package org.tagwarden.collector.changes.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.changes.text.ScriptDiff.Kind;

class ScriptDiffTest {
  @Test
  void a_minified_script_becomes_one_statement_a_line() {
    assertThat(
            PrettyScript.lines(
                "function f(a,b){if(a){return b}else{c()}}for(var i=0;i<3;i++)f(i,{x:1});"))
        .containsExactly(
            "function f(a, b) {",
            "  if (a) {",
            "    return b",
            "  } else {",
            "    c()",
            "  }",
            "}",
            "for (var i = 0; i < 3; i++) f(i, {",
            "  x: 1",
            "});");
  }

  @Test
  void the_same_script_differently_wrapped_has_no_differences() {
    ScriptDiff diff = ScriptDiff.of("a();b( );//x", "a();\n\nb();");

    assertThat(diff.same()).isTrue();
  }

  @Test
  void a_line_that_came_stands_alone_on_the_right() {
    ScriptDiff diff = ScriptDiff.of("a();b();", "a();evil();b();");

    assertThat(diff.rows())
        .extracting(ScriptDiff.Row::kind)
        .containsExactly(Kind.EQUAL, Kind.ADDED, Kind.EQUAL);
    assertThat(diff.rows().get(1)).isEqualTo(new ScriptDiff.Row(Kind.ADDED, 0, "", 2, "evil();"));
  }

  @Test
  void a_line_that_changed_stands_on_both_sides() {
    ScriptDiff diff = ScriptDiff.of("a(1);b();", "a(2);b();");

    assertThat(diff.rows().get(0))
        .isEqualTo(new ScriptDiff.Row(Kind.CHANGED, 1, "a(1);", 1, "a(2);"));
  }

  @Test
  void equal_lines_far_from_a_change_are_left_out() {
    String many = "x();".repeat(50);
    ScriptDiff diff = ScriptDiff.of(many + "old();" + many, many + many);

    assertThat(diff.rows()).hasSize(9);
    assertThat(List.of(diff.rows().get(0).kind(), diff.rows().get(8).kind()))
        .containsOnly(Kind.GAP);
  }

  @Test
  void two_huge_strangers_are_cut_and_do_not_take_long() {
    StringBuilder one = new StringBuilder();
    StringBuilder other = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      one.append("a").append(i).append("();");
      other.append("b").append(i).append("();");
    }
    long start = System.nanoTime();

    ScriptDiff diff = ScriptDiff.of(one.toString(), other.toString());

    assertThat(diff.cut()).isTrue();
    assertThat(diff.rows()).hasSizeLessThanOrEqualTo(2_000);
    assertThat((System.nanoTime() - start) / 1_000_000_000).isLessThan(10);
  }
}
