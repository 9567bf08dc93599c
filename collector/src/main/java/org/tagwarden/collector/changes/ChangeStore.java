package org.tagwarden.collector.changes;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.checks.CheckResult;
import org.tagwarden.collector.checks.Examination;
import org.tagwarden.collector.db.Blobs;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.db.SqlValues;

/** Reads and writes what is known of a site. Joins the caller's transaction. */
final class ChangeStore {
  /** So far back counts what changes often. */
  private static final Duration MONTH = Duration.ofDays(30);

  private ChangeStore() {}

  static Future<Map<UUID, Known>> known(
      SqlConnection tx, int siteId, int pageId, List<Trait> traits) {
    UUID[] keys = traits.stream().map(t -> t.key(pageId)).toArray(UUID[]::new);
    return tx.preparedQuery(ChangeQueries.KNOWN)
        .execute(tuple(siteId, keys))
        .map(
            rows -> {
              Map<UUID, Known> known = new HashMap<>();
              for (Row row : rows) known.put(row.getUUID("key"), knownOf(row));
              return known;
            });
  }

  /** What is known about the subjects of these traits, which are not known themselves. */
  static Future<Past> past(
      SqlConnection tx,
      int siteId,
      int pageId,
      List<Trait> unknown,
      Examination examination,
      Instant at) {
    if (unknown.isEmpty()) return Future.succeededFuture(Past.EMPTY);
    return subjects(tx, siteId, unknown)
        .compose(
            known ->
                ScriptTextRows.read(tx, hashes(known))
                    .compose(
                        texts ->
                            families(tx, siteId, pageId, unknown, at)
                                .compose(
                                    families ->
                                        open(tx, siteId, examination)
                                            .map(
                                                open ->
                                                    new Past(
                                                        Past.grouped(known),
                                                        families,
                                                        texts,
                                                        open)))));
  }

  private static Future<List<Known>> subjects(SqlConnection tx, int siteId, List<Trait> unknown) {
    Set<List<String>> wanted = new LinkedHashSet<>();
    for (Trait trait : unknown) {
      wanted.add(List.of(trait.kind().name(), trait.subject()));
      boolean byScript =
          trait.kind() == TraitKind.CONTACT
              || trait.kind() == TraitKind.READ
              || trait.kind() == TraitKind.DEED;
      if (byScript) wanted.add(List.of(TraitKind.SCRIPT.name(), trait.subject()));
    }
    return tx.preparedQuery(ChangeQueries.SAME_SUBJECT)
        .execute(tuple(siteId, column(wanted, 0), column(wanted, 1)))
        .map(
            rows -> {
              List<Known> known = new ArrayList<>();
              for (Row row : rows) known.add(knownOf(row));
              return known;
            });
  }

  private static Set<String> hashes(List<Known> known) {
    Set<String> hashes = new TreeSet<>();
    for (Known one : known) {
      String sha256 = one.sha256();
      if (one.kind() == TraitKind.SCRIPT && sha256 != null) hashes.add(sha256);
    }
    return hashes;
  }

  private static Future<Map<String, Past.Family>> families(
      SqlConnection tx, int siteId, int pageId, List<Trait> unknown, Instant at) {
    Set<List<String>> wanted = new LinkedHashSet<>();
    for (Trait trait : unknown) wanted.add(List.of(trait.kind().name(), trait.family(pageId)));
    return tx.preparedQuery(ChangeQueries.FAMILIES)
        .execute(tuple(siteId, column(wanted, 0), column(wanted, 1), SqlTime.of(at.minus(MONTH))))
        .map(
            rows -> {
              Map<String, Past.Family> families = new HashMap<>();
              for (Row row : rows) {
                families.put(
                    row.getString("kind") + "\n" + row.getString("family"),
                    new Past.Family(row.getInteger("visits"), row.getInteger("days")));
              }
              return families;
            });
  }

  private static Future<Set<String>> open(SqlConnection tx, int siteId, Examination examination) {
    List<CheckResult> results = examination.results();
    if (results.isEmpty()) return Future.succeededFuture(Set.of());
    return tx.preparedQuery(ChangeQueries.OPEN_FINDINGS)
        .execute(
            tuple(
                siteId,
                results.stream().map(r -> r.check().id()).toArray(String[]::new),
                results.stream().map(r -> r.failure().subject()).toArray(String[]::new)))
        .map(
            rows -> {
              Set<String> open = new HashSet<>();
              for (Row row : rows)
                open.add(row.getString("check_id") + "\n" + row.getString("subject"));
              return open;
            });
  }

  /** Adds what became known; answers the ids by key. */
  static Future<Map<UUID, Integer>> add(
      SqlConnection tx,
      Place place,
      List<Change> changes,
      Function<String, @Nullable String> body) {
    if (changes.isEmpty()) return Future.succeededFuture(Map.of());
    int page = place.pageId();
    return tx.preparedQuery(ChangeQueries.ADD)
        .execute(
            tuple(
                place.siteId(),
                SqlTime.of(place.at()),
                place.visitId(),
                changes.stream().map(c -> c.trait().key(page)).toArray(UUID[]::new),
                texts(changes, c -> c.trait().kind().name()),
                texts(changes, c -> c.trait().subject()),
                texts(changes, c -> c.trait().value()),
                changes.stream().map(c -> c.trait().place(page)).toArray(Integer[]::new),
                texts(changes, c -> c.trait().family(page)),
                texts(changes, c -> c.trait().tagKey()),
                changes.stream().map(c -> bytes(c.trait())).toArray(Buffer[]::new),
                changes.stream().map(c -> inline(c.trait(), body)).toArray(Buffer[]::new),
                texts(changes, c -> c.told() == null ? null : c.told().json().encode()),
                texts(changes, c -> speaks(c) == null ? null : speaks(c).checkId()),
                texts(changes, c -> speaks(c) == null ? null : speaks(c).subject())))
        .map(
            rows -> {
              Map<UUID, Integer> ids = new HashMap<>();
              for (Row row : rows) ids.put(row.getUUID("key"), row.getInteger("id"));
              return ids;
            });
  }

  /** The finding that speaks for a tag that came as a change. */
  private static Change.@Nullable Ref speaks(Change change) {
    return change.trait().kind() == TraitKind.TAG ? change.explainedBy() : null;
  }

  private static @Nullable Buffer bytes(Trait trait) {
    String sha256 = trait.facts().sha256();
    return sha256 == null ? null : SqlValues.bytes(sha256);
  }

  private static @Nullable Buffer inline(Trait trait, Function<String, @Nullable String> body) {
    String sha256 = trait.facts().sha256();
    if (trait.kind() != TraitKind.INLINE || sha256 == null) return null;
    String text = body.apply(sha256);
    return text == null ? null : Blobs.pack(text);
  }

  static Future<Void> log(SqlConnection tx, Place place, List<LogEntry> entries) {
    if (entries.isEmpty()) return Future.succeededFuture();
    return tx.preparedQuery(ChangeQueries.LOG)
        .execute(
            tuple(
                place.siteId(),
                SqlTime.of(place.at()),
                place.visitId(),
                place.pageId(),
                texts(entries, e -> e.kind().name()),
                texts(entries, LogEntry::subject),
                texts(entries, LogEntry::tagKey),
                texts(entries, e -> e.what().name()),
                texts(entries, LogEntry::before),
                texts(entries, LogEntry::after),
                texts(entries, LogEntry::note),
                entries.stream().map(LogEntry::beforeId).toArray(Integer[]::new),
                entries.stream().map(LogEntry::afterId).toArray(Integer[]::new),
                texts(entries, e -> e.by() == null ? null : e.by().checkId()),
                texts(entries, e -> e.by() == null ? null : e.by().subject())))
        .mapEmpty();
  }

  static Known knownOf(Row row) {
    JsonObject told = row.getJsonObject("told");
    Buffer sha256 = row.getBuffer("script_sha256");
    return new Known(
        row.getInteger("id"),
        TraitKind.valueOf(row.getString("kind")),
        row.getString("subject"),
        row.getString("value"),
        row.getInteger("page_id"),
        row.getString("tag_key"),
        SqlTime.instant(row, "first_seen"),
        SqlTime.instant(row, "last_seen"),
        told == null ? null : Told.of(told),
        sha256 == null ? null : SqlValues.hex(sha256));
  }

  private static <T> @Nullable String[] texts(List<T> list, Function<T, @Nullable String> text) {
    return list.stream().map(text).toArray(String[]::new);
  }

  private static String[] column(Set<List<String>> pairs, int index) {
    return pairs.stream().map(pair -> pair.get(index)).toArray(String[]::new);
  }
}
