package org.tagwarden.collector.evidence;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.vendors.SiteScope;

/**
 * Security headers and cookie flags as they stood at the period's end: what is known of each,
 * played from its first change on.
 */
final class HeldHeaders {
  private final Instant end;
  private final boolean now;

  private @Nullable JsonObject accepted;
  private @Nullable Integer finding;
  private @Nullable Instant changed;
  private String baseline = "";
  private String current = "";
  private int inPeriod;

  private HeldHeaders(PackScope scope) {
    this.end = scope.end();
    this.now = end.equals(scope.madeAt());
  }

  static void lines(Snapshot snapshot, LineSink sink) throws IOException {
    PackScope scope = snapshot.scope();
    SiteScope own = new SiteScope(scope.site().baseUrl(), scope.site().firstParty());
    snapshot.each(
        ChangeSheetQueries.HEADERS,
        row -> {
          boolean cookie = row.text("kind").equals("COOKIE");
          String subject = row.text("subject");
          boolean others = cookie && !own.ownsHost(subject.substring(subject.indexOf('@') + 1));
          if (!others) sink.take(new HeldHeaders(scope).play(row, scope.begin()).line(row, cookie));
        });
  }

  private HeldHeaders play(Line row, Instant begin) {
    List<JsonObject> changes = changes(row);
    baseline = changes.isEmpty() ? row.text("known") : changes.get(0).getString("before");
    current = baseline;
    for (JsonObject change : changes) {
      Instant at = Objects.requireNonNull(time(change, "at"));
      if (!at.isBefore(end)) break;
      changed = at;
      if (!at.isBefore(begin)) inPeriod++;
      apply(change);
    }
    return this;
  }

  private void apply(JsonObject change) {
    Instant taken = time(change, "accepted_at");
    Instant over = time(change, "resolved_at");
    // Accepting resolves at the same moment; what was resolved before came back, and was another.
    boolean acceptedFirst = taken != null && (over == null || !taken.isAfter(over));
    boolean isOver = over != null && over.isBefore(end);
    finding = null;
    current = change.getString("after");
    if (change.getValue("finding") == null) {
      baseline = current; // noted as one that often changes
      accepted = null;
    } else if (acceptedFirst && taken.isBefore(end)) {
      baseline = current;
      accepted = change;
    } else if (isOver || (now && Boolean.TRUE.equals(change.getBoolean("elsewhere")))) {
      current = baseline;
    } else {
      finding = change.getInteger("finding");
    }
  }

  @SuppressWarnings("unchecked") // a JSON array of objects of the database
  private static List<JsonObject> changes(Line row) {
    Object all = row.values().get("changes");
    if (all == null) return List.of();
    return ((List<Object>) all)
        .stream()
            .map(
                one ->
                    one instanceof JsonObject object
                        ? object
                        : new JsonObject((Map<String, Object>) one))
            .toList();
  }

  private static @Nullable Instant time(JsonObject change, String member) {
    String text = change.getString(member);
    return text == null ? null : OffsetDateTime.parse(text).toInstant();
  }

  private Line line(Line row, boolean cookie) {
    String subject = row.text("subject");
    return new Line()
        .put("page", cookie ? "every page" : row.text("page"))
        .put("payment_page", row.flag("payment_page"))
        .put("header", cookie ? "Set-Cookie: " + subject : subject)
        .put("baseline", shown(baseline, cookie))
        .put("accepted_by", accepted == null ? null : accepted.getString("accepted_by"))
        .put("accepted_at", accepted == null ? null : time(accepted, "accepted_at"))
        .put("accepted_because", accepted == null ? null : accepted.getString("because"))
        .put("current", shown(current, cookie))
        .put("result", result(cookie))
        .put("status", finding == null ? "AS BASELINE" : "OPEN")
        .put("finding", finding)
        .put("changed_in_period", inPeriod)
        .put("last_changed", changed)
        .put("first_seen", row.values().get("first_seen"));
  }

  private String result(boolean cookie) {
    if (current.equals(baseline)) return current.isEmpty() && !cookie ? "NOT SENT" : "SAME";
    if (cookie) return "CHANGED";
    if (current.isEmpty()) return "GONE";
    return baseline.isEmpty() ? "NEW" : "CHANGED";
  }

  private static String shown(String value, boolean cookie) {
    return cookie && value.isEmpty() ? "no flags" : value;
  }
}
