package org.tagwarden.dashboard.pages.pack;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.evidence.Environment;
import org.tagwarden.collector.evidence.PaymentEmbedding;
import org.tagwarden.collector.evidence.ScopeNote;
import org.tagwarden.collector.evidence.ScopeNotes.Written;
import org.tagwarden.dashboard.web.Typed;

/**
 * What stands in the page's two forms, and what is wrong with it.
 *
 * @param from the first day, as typed
 * @param to the last day
 * @param typed whether the note's fields hold what somebody typed, and not what is written
 */
public record PackForm(
    String from,
    String to,
    boolean typed,
    String environment,
    String payment,
    String note,
    Map<String, String> problems) {
  private static final int USUAL_DAYS = 90;

  /** The last three months, and nothing noted yet. */
  static PackForm usual(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    return new PackForm(
        today.minusDays(USUAL_DAYS - 1L).toString(),
        today.toString(),
        false,
        Environment.PRODUCTION.name(),
        "",
        "",
        Map.of());
  }

  PackForm period(String first, String last) {
    return new PackForm(first, last, typed, environment, payment, note, problems);
  }

  PackForm note(String newEnvironment, String newPayment, String newNote) {
    return new PackForm(from, to, true, newEnvironment, newPayment, newNote, problems);
  }

  /** With what is written down, unless somebody typed something else. */
  PackForm over(@Nullable Written written) {
    if (typed || written == null) return this;
    ScopeNote here = written.note();
    return new PackForm(
        from, to, false, here.environment().name(), here.payment().name(), here.note(), problems);
  }

  /** What is wrong with a form as a whole stands beside the field that was written last. */
  PackForm wrong(Refusal refusal) {
    String field = Objects.requireNonNullElse(refusal.field(), typed ? "note" : "");
    return new PackForm(
        from, to, typed, environment, payment, note, Map.of(field, refusal.sentence()));
  }

  /** What is wrong with a field; with "", what is wrong with neither day alone. */
  public String problem(String field) {
    return problems.getOrDefault(field, "");
  }

  ScopeNote read() {
    return new ScopeNote(
        Typed.choice(Environment.class, environment, "environment"),
        Typed.choice(PaymentEmbedding.class, payment, "payment"),
        note);
  }
}
