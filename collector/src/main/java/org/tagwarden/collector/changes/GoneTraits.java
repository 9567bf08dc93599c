package org.tagwarden.collector.changes;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.tagwarden.collector.findings.Showing;
import org.tagwarden.collector.findings.ShowingQueries;
import org.tagwarden.collector.findings.Watch;

/**
 * What a page showed before and does not show now: tags, hosts, frames and cookies. Gone is what is
 * surely gone ({@link Showing}) in every way in which the site's pages are watched.
 */
final class GoneTraits {
  private static final String WHAT = "WATCHED";
  private static final Set<TraitKind> KINDS =
      Set.of(TraitKind.TAG, TraitKind.HOST, TraitKind.FRAME, TraitKind.COOKIE);

  /**
   * What came of it.
   *
   * @param missed findings about approved tags that are gone
   */
  record Outcome(List<LogEntry> log, List<Told> missed) {
    static final Outcome NOTHING = new Outcome(List.of(), List.of());
  }

  private GoneTraits() {}

  static boolean watches(TraitKind kind) {
    return KINDS.contains(kind);
  }

  /**
   * Counts a whole visit.
   *
   * @param present the visit's watched traits by id
   */
  static Future<Outcome> note(
      SqlConnection tx, Watch watch, Map<Integer, Trait> present, Predicate<String> approved) {
    return ShowingQueries.read(tx, watch.id(), WHAT)
        .compose(
            before -> {
              Map<Integer, Showing> changed = changed(watch, present.keySet(), before);
              Set<Integer> questions = questions(before, changed);
              return ShowingQueries.put(tx, watch.id(), WHAT, changed)
                  .compose(done -> elsewhere(tx, watch, questions))
                  .map(rows -> outcome(rows, before, changed, present, approved));
            });
  }

  private static Map<Integer, Showing> changed(
      Watch watch, Set<Integer> present, Map<Integer, Showing> before) {
    Map<Integer, Showing> changed = new HashMap<>();
    for (int id : present) {
      Showing showing = before.get(id);
      Showing now = showing == null ? Showing.first(watch.visit()) : showing.shown(watch.visit());
      if (!now.equals(showing)) changed.put(id, now);
    }
    before.forEach(
        (id, showing) -> {
          if (present.contains(id)) return;
          Showing now = showing.missing(watch.visit(), Showing.Absence.TOLD);
          if (!now.equals(showing)) changed.put(id, now);
        });
    return changed;
  }

  /** Those that were, or now are, gone here. */
  private static Set<Integer> questions(
      Map<Integer, Showing> before, Map<Integer, Showing> changed) {
    Set<Integer> questions = new HashSet<>();
    before.forEach((id, showing) -> addIfGone(questions, id, showing));
    changed.forEach((id, showing) -> addIfGone(questions, id, showing));
    return questions;
  }

  private static void addIfGone(Set<Integer> questions, int id, Showing showing) {
    if (showing.gone()) questions.add(id);
  }

  private static Future<List<Row>> elsewhere(SqlConnection tx, Watch watch, Set<Integer> ids) {
    if (ids.isEmpty()) return Future.succeededFuture(List.of());
    return tx.preparedQuery(ChangeQueries.GONE_ELSEWHERE)
        .execute(tuple(watch.id(), ids.toArray(Integer[]::new)))
        .map(
            rows -> {
              List<Row> all = new ArrayList<>();
              rows.forEach(all::add);
              return all;
            });
  }

  private static Outcome outcome(
      List<Row> rows,
      Map<Integer, Showing> before,
      Map<Integer, Showing> changed,
      Map<Integer, Trait> present,
      Predicate<String> approved) {
    Set<String> shown = new HashSet<>();
    for (Trait trait : present.values()) shown.add(Past.key(trait.kind(), trait.subject()));
    List<LogEntry> log = new ArrayList<>();
    List<Told> missed = new ArrayList<>();
    for (Row row : rows) {
      if (!row.getBoolean("elsewhere")) continue; // other pages, or other visitors, still have it
      int id = row.getInteger("id");
      TraitKind kind = TraitKind.valueOf(row.getString("kind"));
      String subject = row.getString("subject");
      Showing then = before.get(id);
      Showing now = changed.getOrDefault(id, then);
      boolean was = then != null && then.gone();
      boolean is = now != null && now.gone();
      boolean other = is && shown.contains(Past.key(kind, subject)); // with another value
      boolean told = kind == TraitKind.TAG && approved.test(subject);
      if (is && told) missed.add(ChangeTexts.gone(subject));
      if (was == is || other) continue;
      LogEntry.What what = is ? LogEntry.What.GONE : LogEntry.What.RETURNED;
      String value = row.getString("value");
      log.add(
          new LogEntry(
              kind,
              subject,
              row.getString("tag_key"),
              what,
              is && !value.isEmpty() ? value : null,
              !is && !value.isEmpty() ? value : null,
              "",
              is ? id : null,
              is ? null : id,
              is && told ? new Change.Ref(ChangeRule.TAG_GONE.id(), subject) : null));
    }
    return new Outcome(log, missed);
  }
}
