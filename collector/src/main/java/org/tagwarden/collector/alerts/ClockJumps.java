package org.tagwarden.collector.alerts;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;

/**
 * Lets escalations follow a clock that is set: time that did not pass gave nobody a chance to
 * acknowledge. Each is moved once, however many servers look, since it says when it was planned.
 */
final class ClockJumps {
  private static final Logger LOG = LoggerFactory.getLogger(ClockJumps.class);

  /** Less is no jump, and no two servers' clocks are further apart. */
  private static final Duration TOLERANCE = Duration.ofMinutes(10);

  /**
   * What was planned before a jump waits on as long as it would have. $1 before, $2 now, $3 jump.
   */
  private static final String FORWARD =
      """
      UPDATE escalation SET next_at = next_at + $3::bigint * interval '1 second', since = $2
      WHERE next_at IS NOT NULL AND since <= $1
      """;

  /**
   * What was planned in a time that is still to come: the clock was put back. $1 now, $2 latest.
   */
  private static final String BACK =
      """
      UPDATE escalation SET next_at = next_at - (since - $1::timestamptz), since = $1
      WHERE next_at IS NOT NULL AND since > $2
      """;

  private final Database database;
  private final Clock clock;
  private final LongSupplier nanos;
  private @Nullable Instant lookedAt;
  private long lookedNanos;

  /**
   * @param nanos a time that nobody sets, like {@link System#nanoTime}
   */
  ClockJumps(Database database, Clock clock, LongSupplier nanos) {
    this.database = database;
    this.clock = clock;
    this.nanos = nanos;
  }

  /** Called before each look at what is due. */
  Future<Void> follow() {
    Instant now = clock.instant();
    Instant before = lookedAt;
    Duration passed = Duration.ofNanos(nanos.getAsLong() - lookedNanos);
    lookedAt = now;
    lookedNanos = nanos.getAsLong();
    return back(now).compose(done -> forward(before, passed, now));
  }

  private Future<Void> back(Instant now) {
    return database
        .pool()
        .preparedQuery(BACK)
        .execute(tuple(SqlTime.of(now), SqlTime.of(now.plus(TOLERANCE))))
        .map(
            rows -> {
              if (rows.rowCount() > 0)
                LOG.warn("The clock was put back: {} escalations follow it", rows.rowCount());
              return null;
            });
  }

  private Future<Void> forward(@Nullable Instant before, Duration passed, Instant now) {
    if (before == null) return Future.succeededFuture();
    Duration jump = Duration.between(before, now).minus(passed);
    if (jump.compareTo(TOLERANCE) < 0) return Future.succeededFuture();
    LOG.warn(
        "The clock jumped {} s ahead (from {} to {}): escalations wait for the time that did not pass",
        jump.toSeconds(),
        before.atOffset(ZoneOffset.UTC),
        now.atOffset(ZoneOffset.UTC));
    return database
        .pool()
        .preparedQuery(FORWARD)
        .execute(tuple(SqlTime.of(before.plus(TOLERANCE)), SqlTime.of(now), jump.toSeconds()))
        .mapEmpty();
  }
}
