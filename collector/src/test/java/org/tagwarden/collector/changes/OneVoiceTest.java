package org.tagwarden.collector.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.changes.Change.Ref;
import org.tagwarden.collector.changes.OneVoice.Standing;
import org.tagwarden.collector.checks.CheckResult;
import org.tagwarden.collector.checks.Failure;
import org.tagwarden.collector.checks.Rule;
import org.tagwarden.collector.checks.Severity;

/** Pairs of findings that are one; OneChangeTest sees the others happen. */
class OneVoiceTest {
  private static final String TAG = "network";
  private static final String SCRIPT = "cdn.stranger.example/t.js";
  private static final String STRANGER = "host:cdn.stranger.example";

  @Test
  void a_tag_that_fires_without_the_consent_that_its_limits_ask_for_is_the_drift() {
    CheckResult drift = result("envelope-drift", TAG + " consent", TAG, Severity.MEDIUM);
    CheckResult early = result("tag-before-choice", TAG, TAG, Severity.LOW);
    CheckResult late = result("tag-after-reject", TAG, TAG, Severity.MEDIUM);

    assertThat(told(drift, early, late)).containsExactly("envelope-drift MEDIUM network consent");
  }

  @Test
  void a_tag_that_waits_for_no_answer_is_one_finding_and_the_one_that_is_open_goes_on_speaking() {
    CheckResult early = result("tag-before-choice", TAG, TAG, Severity.LOW);
    CheckResult late = result("tag-after-reject", TAG, TAG, Severity.MEDIUM);

    assertThat(told(early, late)).containsExactly("tag-after-reject MEDIUM network");
    assertThat(texts(OneVoice.of(List.of(early, late), open(early))))
        .containsExactly("tag-before-choice MEDIUM network");
    assertThat(texts(OneVoice.of(List.of(early, late), open(late))))
        .containsExactly("tag-after-reject MEDIUM network");
    assertThat(texts(OneVoice.of(List.of(early, late), open(early, late))))
        .containsExactly("tag-after-reject MEDIUM network");
    assertThat(texts(OneVoice.of(List.of(early), open(late)))).as("asked nothing").isEmpty();
    assertThat(texts(OneVoice.of(List.of(late), open(early))))
        .as("it waits for an answer now, and not for a yes")
        .containsExactly("tag-after-reject MEDIUM network");
    CheckResult other = result("tag-before-choice", "other", "other", Severity.LOW);
    assertThat(told(late, other)).hasSize(2);
  }

  private static Standing open(CheckResult... results) {
    Set<Ref> open = Stream.of(results).map(OneVoice::ref).collect(Collectors.toSet());
    return new Standing(Map.of(), List.of(), Set.of(), open);
  }

  @Test
  void a_cookie_that_is_barred_and_lacks_flags_is_the_drift_and_as_grave_as_the_flags() {
    CheckResult drift =
        new CheckResult(
            new Named("envelope-drift"),
            new Failure(
                TAG + " cookies", TAG, Severity.LOW, "It sets sid.", List.of(), "", Set.of("sid")));
    CheckResult flags = result("cookie-flags", "sid@shop.example", TAG, Severity.MEDIUM);
    CheckResult other = result("cookie-flags", "id@shop.example", TAG, Severity.LOW);

    assertThat(told(drift, flags, other))
        .containsExactly(
            "envelope-drift MEDIUM network cookies", "cookie-flags LOW id@shop.example");
  }

  @Test
  void whoever_speaks_for_another_may_be_spoken_for_and_everything_is_named() {
    List<CheckResult> told =
        OneVoice.of(
            List.of(
                result("script-over-http", SCRIPT, STRANGER, Severity.HIGH),
                result("mixed-content", "cdn.stranger.example", STRANGER, Severity.MEDIUM),
                result("unapproved-script", SCRIPT, STRANGER, Severity.HIGH),
                result("compromised-host", "stranger.example", STRANGER, Severity.CRITICAL)),
            Standing.NOTHING);

    assertThat(told).singleElement().extracting(r -> r.check().id()).isEqualTo("compromised-host");
    assertThat(told.get(0).failure().evidence())
        .contains(
            "Besides: unapproved-script says so.",
            "Besides: script-over-http says so.",
            "Besides: mixed-content says so.");
  }

  @Test
  void a_new_tag_is_one_finding_while_that_is_told_and_several_afterwards() {
    CheckResult unapproved = result("unapproved-script", SCRIPT, STRANGER, Severity.HIGH);
    CheckResult early = result("tag-before-choice", STRANGER, STRANGER, Severity.LOW);
    CheckResult expired =
        result("certificate", "cdn.stranger.example", STRANGER, Severity.CRITICAL);
    Ref cause = new Ref("unapproved-script", SCRIPT);
    Standing came = new Standing(Map.of(STRANGER, cause), List.of(), Set.of(), Set.of());

    assertThat(texts(OneVoice.of(List.of(unapproved, early, expired), came)))
        .containsExactly("unapproved-script CRITICAL " + SCRIPT);
    assertThat(texts(OneVoice.of(List.of(early, expired), came))).hasSize(2);
    assertThat(told(unapproved, early, expired)).as("known since it was learned").hasSize(3);
  }

  @Test
  void findings_that_this_examination_does_not_look_at_speak_too() {
    Ref cause = new Ref("new-third-party", STRANGER);
    Standing came = new Standing(Map.of(STRANGER, cause), List.of(), Set.of(cause), Set.of());

    assertThat(
            OneVoice.of(
                List.of(result("tag-before-choice", STRANGER, STRANGER, Severity.LOW)), came))
        .isEmpty();
  }

  private static List<String> told(CheckResult... all) {
    return texts(OneVoice.of(List.of(all), Standing.NOTHING));
  }

  private static List<String> texts(List<CheckResult> told) {
    return told.stream()
        .map(r -> r.check().id() + " " + r.failure().severity() + " " + r.failure().subject())
        .toList();
  }

  private static CheckResult result(
      String check, String subject, @Nullable String tag, Severity severity) {
    return new CheckResult(
        new Named(check),
        new Failure(subject, tag, severity, check + " says so.", List.of(), "Mend it."));
  }

  /** Stands for any check: only its name matters. */
  private record Named(String id) implements Rule {
    @Override
    public String title() {
      return id;
    }

    @Override
    public String whyItMatters() {
      return id;
    }

    @Override
    public Severity severity() {
      return Severity.LOW;
    }
  }
}
