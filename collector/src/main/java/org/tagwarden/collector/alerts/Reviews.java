package org.tagwarden.collector.alerts;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AuditEntry;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Origin;
import org.tagwarden.collector.alerts.ReviewItem.What;
import org.tagwarden.collector.alerts.SignedLinks.Purpose;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.db.SqlValues;
import org.tagwarden.collector.governance.AuthorizationBook;
import org.tagwarden.collector.governance.AuthorizationOrder;
import org.tagwarden.collector.governance.Decider;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.Authorization.Term;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.owners.OrphanWatch;

/**
 * "Still needed?": asked by mail before a review is due, one mail for all that falls due together,
 * answered by the mail's link. A yes renews; a no is a finding for those who can remove it.
 */
public final class Reviews {
  /** So many days before a review is due its owner is asked. */
  private static final int DAYS_BEFORE = 14;

  private static final Refusal NOT_OURS =
      Refusal.notFound("This link is not whole or too old, or somebody else was named meanwhile.");

  private final Database database;
  private final SignedLinks links;
  private final AuthorizationBook book;
  private final OrphanWatch watch;
  private final AuditLog audit;
  private final Clock clock;

  public Reviews(
      Database database,
      SignedLinks links,
      AuthorizationBook book,
      OrphanWatch watch,
      AuditLog audit,
      Clock clock) {
    this.database = database;
    this.links = links;
    this.book = book;
    this.watch = watch;
    this.audit = audit;
    this.clock = clock;
  }

  /** What a letter asks; never about nothing. */
  public record Question(
      String email, int clientId, int siteId, String site, List<ReviewItem> items) {
    public Question {
      items = List.copyOf(items);
    }

    /** Who is asked, as they are named. */
    public String name() {
      return items.get(0).name().isEmpty() ? email : items.get(0).name();
    }
  }

  /** Whether a link is one of reviews. */
  public boolean isReview(String token) {
    return links.open(token).filter(opened -> opened.purpose() == Purpose.REVIEW).isPresent();
  }

  /** Asks everybody whose review is near, once; answers how many letters that are. */
  public Future<Integer> remind() {
    LocalDate near = SqlValues.day(clock.instant()).plusDays(DAYS_BEFORE);
    return database.inTransaction(
        tx ->
            tx.query(ReviewQueries.LOCK)
                .execute()
                .compose(
                    done ->
                        tx.preparedQuery(ReviewQueries.ASK)
                            .execute(tuple(near, SqlTime.now(clock))))
                .map(rows -> rows.size()));
  }

  /** Looks, and changes nothing. */
  public Future<Question> ask(String token) {
    long alertId =
        links
            .open(token)
            .filter(opened -> opened.purpose() == Purpose.REVIEW)
            .orElseThrow(() -> NOT_OURS)
            .id();
    return database
        .pool()
        .preparedQuery(ReviewQueries.ITEMS)
        .execute(tuple(alertId))
        .map(
            rows -> {
              if (rows.size() == 0) throw NOT_OURS;
              List<ReviewItem> items = new ArrayList<>();
              Row last = null;
              for (Row row : rows) {
                items.add(ReviewItem.of(row));
                last = row;
              }
              return new Question(
                  last.getString("recipient"),
                  last.getInteger("client_id"),
                  last.getInteger("site_id"),
                  last.getString("site"),
                  items);
            });
  }

  /**
   * Takes the answers down, all or none of them, and answers how it stands then.
   *
   * @param needed what is said about an item; null for nothing
   * @param address the caller's, for the audit log
   */
  public Future<Question> answer(
      String token, Function<ReviewItem, @Nullable Boolean> needed, String address) {
    return ask(token)
        .compose(
            question -> {
              Origin origin = Origin.door(address);
              return renewals(question, needed)
                  .compose(
                      renewals ->
                          database.inTransaction(
                              tx -> answer(tx, question, needed, renewals, origin)))
                  .compose(done -> watch.look(question.siteId()));
            })
        .compose(done -> ask(token));
  }

  /** What is authorized for a year more. */
  private Future<List<AuthorizationOrder>> renewals(
      Question question, Function<ReviewItem, @Nullable Boolean> needed) {
    LocalDate again = SqlValues.day(clock.instant()).plusYears(1);
    List<AuthorizationOrder> orders = new ArrayList<>();
    Future<Void> done = Future.succeededFuture();
    for (ReviewItem item : question.items()) {
      if (item.what() != What.AUTHORIZATION || !Boolean.TRUE.equals(needed.apply(item))) continue;
      done =
          done.compose(before -> book.find(item.id()))
              .map(
                  found -> {
                    if (found != null) orders.add(renewed(found, again));
                    return null;
                  });
    }
    return done.map(orders);
  }

  private static AuthorizationOrder renewed(Authorization one, LocalDate again) {
    AuthorizationDraft draft = AuthorizationDraft.of(one);
    Term term = new Term(draft.term().expires(), again);
    return new AuthorizationOrder(draft.with(term), one.version());
  }

  /** Authorizations first: they take the locks of sites, and the log's comes last. */
  private Future<Void> answer(
      SqlConnection tx,
      Question question,
      Function<ReviewItem, @Nullable Boolean> needed,
      List<AuthorizationOrder> renewals,
      Origin origin) {
    Decider decider = new Decider(null, question.email(), origin, "owner");
    Future<Void> done =
        renewals.isEmpty()
            ? Future.succeededFuture()
            : book.save(tx, question.clientId(), renewals, List.of(), decider).mapEmpty();
    for (ReviewItem item : question.items()) {
      Boolean said = needed.apply(item);
      if (said != null) done = done.compose(before -> note(tx, question, item, said, origin));
    }
    return done;
  }

  private Future<Void> note(
      SqlConnection tx, Question question, ReviewItem item, boolean needed, Origin origin) {
    AuditEntry entry =
        AuditEntry.of(
                question.email(),
                origin,
                question.clientId(),
                "answer review",
                item.subject() + " on " + question.site())
            .made(Map.of("needed", needed));
    return write(tx, item, needed).compose(done -> audit.write(tx, entry));
  }

  private Future<?> write(SqlConnection tx, ReviewItem item, boolean needed) {
    boolean owner = item.what() == What.OWNER;
    if (needed && !owner) return Future.succeededFuture(); // saved as an authorization already
    if (needed) {
      return tx.preparedQuery(ReviewQueries.STILL_NEEDED)
          .execute(tuple(item.id(), SqlValues.day(clock.instant()), SqlTime.now(clock)));
    }
    String statement = owner ? ReviewQueries.NOT_NEEDED : ReviewQueries.AUTHORIZATION_NOT_NEEDED;
    return tx.preparedQuery(statement).execute(tuple(item.id(), SqlTime.now(clock)));
  }
}
