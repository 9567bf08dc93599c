package org.tagwarden.collector.db;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The monthly partitions of the big tables: made ahead, and dropped whole when they are past. What
 * falls into no month that was made (a report that waited for long) lies in the default partition.
 */
public final class Partitions {
  private static final Logger LOG = LoggerFactory.getLogger(Partitions.class);

  /** How many months are ready beside the present one. */
  private static final int AHEAD = 2;

  /** PostgreSQL's check_violation: the default partition already holds rows of the month. */
  private static final String ROWS_IN_THE_WAY = "23514";

  /**
   * Another server that starts at the same moment was quicker: duplicate_table, unique_violation.
   */
  private static final Set<String> MADE_ALREADY = Set.of("42P07", "23505");

  private static final Pattern NAME = Pattern.compile(".*_(\\d{4})_(\\d{2})");

  private static final String PARTITIONS =
      """
      SELECT child.relname::text AS name FROM pg_inherits i
      JOIN pg_class child ON child.oid = i.inhrelid
      WHERE i.inhparent = $1::text::regclass
      ORDER BY child.relname
      """;

  /** A table that is partitioned by month, and the column of its time. */
  public enum Table {
    PAGE_VISIT("started_at"),
    VISIT_REPORT("started_at"),
    TAG_DAY("day");

    private final String column;

    Table(String column) {
      this.column = column;
    }

    String sql() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Database database;
  private final Clock clock;

  public Partitions(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Makes the partitions of this month and the next ones, where they are missing. */
  public Future<Void> makeAhead() {
    YearMonth now = YearMonth.from(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    Future<Void> made = Future.succeededFuture();
    for (Table table : Table.values()) {
      for (int ahead = 0; ahead <= AHEAD; ahead++) {
        YearMonth month = now.plusMonths(ahead);
        made = made.compose(before -> make(table, month));
      }
    }
    return made;
  }

  private Future<Void> make(Table table, YearMonth month) {
    String statement =
        "CREATE TABLE IF NOT EXISTS %s PARTITION OF %s FOR VALUES FROM ('%s') TO ('%s')"
            .formatted(
                name(table, month),
                table.sql(),
                first(table, month),
                first(table, month.plusMonths(1)));
    return alone(statement)
        .recover(
            e -> {
              String state = e instanceof PgException refused ? refused.getSqlState() : "";
              if (MADE_ALREADY.contains(state)) return Future.succeededFuture();
              if (ROWS_IN_THE_WAY.equals(state)) {
                LOG.warn("{} of {} stays in the default partition", table.sql(), month);
                return Future.succeededFuture();
              }
              return Future.failedFuture(e);
            });
  }

  /**
   * Drops the table's months that ended before this day, and such rows of the default partition.
   */
  public Future<Void> dropBefore(Table table, LocalDate day) {
    return database
        .pool()
        .preparedQuery(PARTITIONS)
        .execute(Tuple.of(table.sql()))
        .compose(
            rows -> {
              Future<Void> dropped = Future.succeededFuture();
              for (Row row : rows) {
                String name = row.getString("name");
                if (endedBefore(name, day)) dropped = dropped.compose(before -> drop(name));
              }
              return dropped;
            })
        .compose(
            done ->
                database
                    .pool()
                    .query(
                        "DELETE FROM %s_default WHERE %s < '%s'"
                            .formatted(table.sql(), table.column, day))
                    .execute())
        .mapEmpty();
  }

  private Future<Void> drop(String partition) {
    LOG.info("Dropping {}: it is older than the retention time", partition);
    return alone("DROP TABLE " + partition);
  }

  /**
   * Both statements want a table for themselves. While somebody reads it for long (an evidence pack
   * does), everybody who comes after them would wait, too: so they give up soon, and the next round
   * tries again. That a table is there already is no news.
   */
  private Future<Void> alone(String statement) {
    return database.inTransaction(
        tx ->
            tx.query("SET LOCAL lock_timeout = '2s'; SET LOCAL client_min_messages = 'warning'")
                .execute()
                .compose(set -> tx.query(statement).execute())
                .mapEmpty());
  }

  private static boolean endedBefore(String partition, LocalDate day) {
    Matcher name = NAME.matcher(partition);
    if (!name.matches()) return false;
    YearMonth month =
        YearMonth.of(Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2)));
    return !month.plusMonths(1).atDay(1).isAfter(day);
  }

  private static String name(Table table, YearMonth month) {
    return "%s_%04d_%02d".formatted(table.sql(), month.getYear(), month.getMonthValue());
  }

  /** The month's first moment: a day, or its midnight in UTC whatever the session's time zone. */
  private static String first(Table table, YearMonth month) {
    return month.atDay(1) + (table == Table.TAG_DAY ? "" : " 00:00:00+00");
  }

  /** The names of a table's partitions. */
  Future<List<String>> names(Table table) {
    return database
        .pool()
        .preparedQuery(PARTITIONS)
        .execute(Tuple.of(table.sql()))
        .map(
            rows ->
                java.util.stream.StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> row.getString("name"))
                    .toList());
  }
}
