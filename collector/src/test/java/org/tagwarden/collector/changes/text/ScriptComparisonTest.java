package org.tagwarden.collector.changes.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.changes.text.ScriptComparison.Verdict;
import org.tagwarden.collector.changes.text.ScriptComparison.Version;

class ScriptComparisonTest {
  private static final Version BEFORE =
      version("1", "a();load('https://cdn.example/x')", Set.of("cdn.example"));

  @Test
  void the_same_bytes_are_the_same() {
    assertThat(ScriptComparison.of(BEFORE, BEFORE).verdict()).isEqualTo(Verdict.SAME);
  }

  @Test
  void other_bytes_of_the_same_text_are_bytes_only() {
    Version now = version("2", "a();/* new */load('https://cdn.example/x')", Set.of("cdn.example"));

    assertThat(ScriptComparison.of(BEFORE, now).verdict()).isEqualTo(Verdict.BYTES);
  }

  @Test
  void other_text_that_does_nothing_new_is_text() {
    Version now = version("3", "b();load('https://cdn.example/x')", Set.of());

    assertThat(ScriptComparison.of(BEFORE, now).verdict()).isEqualTo(Verdict.TEXT);
  }

  @Test
  void a_new_host_is_behaviour_and_is_named_whether_written_or_contacted() {
    Version written =
        version("4", "a();load('https://cdn.example/x');to('https://evil.example')", Set.of());
    Version contacted = version("1", "a();load('https://cdn.example/x')", Set.of("evil.example"));

    assertThat(ScriptComparison.of(BEFORE, written).verdict()).isEqualTo(Verdict.BEHAVIOUR);
    assertThat(ScriptComparison.of(BEFORE, written).newHosts()).containsExactly("evil.example");
    assertThat(ScriptComparison.of(BEFORE, contacted).newHosts()).containsExactly("evil.example");
  }

  @Test
  void a_host_that_was_named_and_is_now_contacted_is_nothing_new() {
    Version named = version("1", "to('https://later.example')", Set.of());
    Version contacts = version("1", "to('https://later.example')", Set.of("later.example"));

    assertThat(ScriptComparison.of(named, contacts).verdict()).isEqualTo(Verdict.SAME);
  }

  @Test
  void a_new_construct_or_deed_is_behaviour() {
    Version evals = version("5", "a();eval(b);load('https://cdn.example/x')", Set.of());
    Version reads = new Version("1", BEFORE.text(), Set.of(), Set.of("reads payment fields"));

    assertThat(ScriptComparison.of(BEFORE, evals).newDeeds()).containsExactly("eval");
    assertThat(ScriptComparison.of(BEFORE, reads).newDeeds())
        .containsExactly("reads payment fields");
  }

  @Test
  void doing_less_is_no_behaviour() {
    assertThat(ScriptComparison.of(BEFORE, version("6", "a()", Set.of())).verdict())
        .isEqualTo(Verdict.TEXT);
  }

  private static Version version(String sha256, String text, Set<String> hosts) {
    return new Version(sha256, ScriptText.of(text), hosts, Set.of());
  }
}
