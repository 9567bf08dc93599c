package org.tagwarden.collector.alerts;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.Rounds;
import org.tagwarden.collector.alerts.email.EmailChannel;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;

/**
 * Sends what {@link AlertOutbox} put down: claims rows with a lease, so that several servers share
 * the work and a killed one's claim goes to another. Each channel has lanes of its own: a receiver
 * that hangs holds up no mail. A message goes out at least once, always with the same id; a failure
 * waits, twice as long each time, and stays in sight.
 */
public final class AlertLoop {
  private static final Logger LOG = LoggerFactory.getLogger(AlertLoop.class);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Longer than any channel lets the other side keep it waiting. */
  static final Duration LEASE = Duration.ofMinutes(2);

  private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(30);
  private static final Duration LONGEST_BACK_OFF = Duration.ofHours(2);

  /** The longest that a first message waits for the scan that runs. */
  private static final Duration LONGEST_SCAN = Duration.ofMinutes(10);

  /** No two servers' clocks are further apart. */
  private static final Duration SKEW = Duration.ofMinutes(10);

  /** Messages on their way at once, a channel. */
  private static final int LANES = 4;

  /** With the back-off, something over a day. */
  static final int MOST_TRIES = 18;

  private final Database database;
  private final AlertStories stories;
  private final List<AlertChannel> channels;
  private final Clock clock;
  private final Rounds rounds;

  public AlertLoop(
      Vertx vertx,
      Database database,
      AlertStories stories,
      List<AlertChannel> channels,
      Clock clock) {
    this.database = database;
    this.stories = stories;
    this.channels = List.copyOf(channels);
    this.clock = clock;
    this.rounds =
        new Rounds(
            vertx,
            PAUSE,
            this::sendDue,
            e -> LOG.error("Alerts could not be read; the next round tries again", e));
  }

  /** Sends from now on, every second, until {@link #stop}. Without its channel an alert waits. */
  public void start() {
    if (channels.stream().noneMatch(channel -> channel.id().equals(EmailChannel.ID)))
      LOG.warn("No mail server is set (smtp.host): mails wait, none is sent");
    rounds.start();
  }

  /** Ends after the messages in hand. */
  public Future<Void> stop() {
    return rounds.stop();
  }

  /** Sends everything that is due; answers how many messages went out. */
  public Future<Integer> sendDue() {
    List<Future<Integer>> lanes = new ArrayList<>();
    for (AlertChannel channel : channels) {
      for (int lane = 0; lane < LANES; lane++) lanes.add(lane(channel, 0));
    }
    return Future.join(lanes).map(all -> lanes.stream().mapToInt(lane -> lane.result()).sum());
  }

  private Future<Integer> lane(AlertChannel channel, int sent) {
    return claim(channel)
        .compose(
            alert ->
                alert.isEmpty()
                    ? Future.succeededFuture(sent)
                    : send(channel, alert.get())
                        .compose(gone -> lane(channel, gone ? sent + 1 : sent)));
  }

  private Future<Optional<Alert>> claim(AlertChannel channel) {
    Instant now = clock.instant();
    return database
        .pool()
        .preparedQuery(AlertQueries.CLAIM)
        .execute(
            tuple(
                SqlTime.of(now),
                SqlTime.of(now.plus(LEASE)),
                channel.id(),
                SqlTime.of(now.minus(LONGEST_SCAN)),
                SqlTime.of(now.plus(LEASE).plus(SKEW)),
                SqlTime.of(now.plus(LONGEST_BACK_OFF).plus(SKEW))))
        .map(
            rows ->
                rows.size() == 0 ? Optional.empty() : Optional.of(alert(rows.iterator().next())));
  }

  private Future<Boolean> send(AlertChannel channel, Alert alert) {
    return stories
        .of(alert)
        .compose(message -> channel.deliver(alert, message))
        .transform(
            result -> {
              if (result.succeeded()) return noteSent(alert).map(true);
              return noteFailure(alert, result.cause()).map(false);
            });
  }

  private Future<Void> noteSent(Alert alert) {
    return database
        .pool()
        .preparedQuery(AlertQueries.SENT)
        .execute(Tuple.of(alert.id(), alert.claim(), SqlTime.now(clock)))
        .compose(
            sent ->
                alert.channel().equals(EmailChannel.ID)
                    ? database
                        .pool()
                        .preparedQuery(AlertQueries.NOT_BOUNCED)
                        .execute(tuple(alert.recipient()))
                        .mapEmpty()
                    : Future.succeededFuture());
  }

  private Future<Void> noteFailure(Alert alert, Throwable failure) {
    boolean permanent = failure instanceof AlertException e && e.isPermanent();
    boolean givenUp = permanent || alert.tries() >= MOST_TRIES;
    Instant again = clock.instant().plus(backOff(alert.tries()));
    LOG.warn(
        "Alert {} to {} failed at try {}, {}: {}",
        alert.id(),
        alert.recipient(),
        alert.tries(),
        givenUp ? "given up" : "next try at " + again,
        failure.getMessage(),
        failure instanceof AlertException ? null : failure); // its own sentence says it all
    return database
        .pool()
        .preparedQuery(AlertQueries.NOT_SENT)
        .execute(
            tuple(
                alert.id(),
                alert.claim(),
                givenUp ? "FAILED" : "WAITING",
                SqlTime.of(again),
                String.valueOf(failure.getMessage())))
        .compose(done -> noteBounce(alert, failure));
  }

  /** The contact is marked, so that whoever relies on it hears of it. */
  private Future<Void> noteBounce(Alert alert, Throwable failure) {
    if (!(failure instanceof AlertException e && e.isBounce())) return Future.succeededFuture();
    return database
        .pool()
        .preparedQuery(AlertQueries.BOUNCED)
        .execute(tuple(alert.recipient(), SqlTime.now(clock), String.valueOf(failure.getMessage())))
        .mapEmpty();
  }

  static Duration backOff(int tries) {
    Duration pause = FIRST_BACK_OFF.multipliedBy(1L << Math.min(tries - 1, 10));
    return pause.compareTo(LONGEST_BACK_OFF) < 0 ? pause : LONGEST_BACK_OFF;
  }

  private static Alert alert(Row row) {
    return new Alert(
        row.getLong("id"),
        AlertKind.valueOf(row.getString("kind")),
        row.getInteger("site_id"),
        row.getString("channel"),
        row.getString("recipient"),
        row.getString("message_id"),
        row.getInteger("tries"),
        row.getOffsetDateTime("claimed_until"),
        AlertRules.destination(row));
  }
}
