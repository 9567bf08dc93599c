package org.tagwarden.collector.alerts;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AuditEntry;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Origin;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.alerts.SignedLinks.Opened;
import org.tagwarden.collector.alerts.SignedLinks.Purpose;
import org.tagwarden.collector.alerts.email.EmailChannel;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;

/** What people do with a message: by its signed links, or by trying it again. */
public final class AlertActions {
  private static final Refusal NOT_OURS =
      Refusal.notFound("This link is not whole or too old. Open the finding in Tagwarden instead.");

  private final Database database;
  private final SignedLinks links;
  private final FindingCare care;
  private final AuditLog audit;
  private final Clock clock;

  public AlertActions(
      Database database, SignedLinks links, FindingCare care, AuditLog audit, Clock clock) {
    this.database = database;
    this.links = links;
    this.care = care;
    this.audit = audit;
    this.clock = clock;
  }

  /** What a link asks, before anything is done. */
  public record Question(Purpose purpose, String site, String recipient, List<Asked> findings) {
    /** Those that are open and that nobody takes care of. */
    public List<Asked> open() {
      return findings.stream().filter(one -> one.open() && one.acknowledgedBy() == null).toList();
    }

    /** Those that are open and that the recipient takes care of. */
    public List<Asked> taken() {
      return findings.stream()
          .filter(one -> one.open() && recipient.equals(one.acknowledgedBy()))
          .toList();
    }
  }

  /** A finding that a link is about. */
  public record Asked(
      int id, String summary, String severity, boolean open, @Nullable String acknowledgedBy) {}

  /** Looks, and changes nothing. Not found when the link is none of ours, or too old. */
  public Future<Question> ask(String token) {
    Opened opened = opened(token);
    return rows(opened).map(rows -> question(opened.purpose(), rows));
  }

  /**
   * Does what the link is for, in the name of the message's recipient; answers how it stands then:
   * somebody else may have been faster.
   *
   * @param address the caller's, for the audit log
   */
  public Future<Question> act(String token, String address) {
    Opened opened = opened(token);
    return rows(opened)
        .compose(
            rows -> {
              Question question = question(opened.purpose(), rows);
              Row first = rows.iterator().next();
              if (opened.purpose() == Purpose.UNSUBSCRIBE)
                return optOut(first, Origin.door(address)).map(question);
              return acknowledge(first, question, Origin.door(address))
                  .compose(done -> rows(opened))
                  .map(after -> question(opened.purpose(), after));
            });
  }

  private Opened opened(String token) {
    Opened opened = links.open(token).orElseThrow(() -> NOT_OURS);
    if (opened.purpose() == Purpose.REVIEW) throw NOT_OURS;
    return opened;
  }

  private Future<RowSet<Row>> rows(Opened opened) {
    return database
        .pool()
        .preparedQuery(CareQueries.OF_ALERT)
        .execute(tuple(opened.id()))
        .map(
            rows -> {
              if (rows.size() == 0) throw NOT_OURS;
              boolean mail = rows.iterator().next().getString("channel").equals(EmailChannel.ID);
              if (opened.purpose() == Purpose.UNSUBSCRIBE && !mail) throw NOT_OURS;
              return rows;
            });
  }

  private static Question question(Purpose purpose, RowSet<Row> rows) {
    List<Asked> findings = new ArrayList<>();
    for (Row row : rows) {
      findings.add(
          new Asked(
              row.getInteger("finding_id"),
              row.getString("summary"),
              row.getString("severity"),
              row.getString("state").equals("OPEN"),
              row.getString("acknowledged_by")));
    }
    Row first = rows.iterator().next();
    return new Question(purpose, first.getString("site"), first.getString("recipient"), findings);
  }

  private Future<Void> acknowledge(Row row, Question question, Origin origin) {
    return database.inTransaction(
        tx -> {
          Future<Void> done = Future.succeededFuture();
          for (Asked finding : question.open()) {
            done =
                done.compose(
                    before ->
                        care.acknowledge(
                            tx,
                            finding.id(),
                            question.recipient(),
                            AuditEntry.of(
                                question.recipient(),
                                origin,
                                row.getInteger("client_id"),
                                FindingCare.ACKNOWLEDGE,
                                FindingCare.subject(finding.id()))));
          }
          return done;
        });
  }

  private Future<Void> optOut(Row row, Origin origin) {
    String recipient = row.getString("recipient");
    return database.inTransaction(
        tx ->
            tx.preparedQuery(CareQueries.OPT_OUT)
                .execute(tuple(row.getInteger("site_id"), recipient, SqlTime.now(clock)))
                .compose(
                    done ->
                        tx.preparedQuery(CareQueries.UNSEND)
                            .execute(tuple(row.getInteger("site_id"), recipient)))
                .compose(
                    done ->
                        audit.write(
                            tx,
                            AuditEntry.of(
                                    recipient,
                                    origin,
                                    row.getInteger("client_id"),
                                    "unsubscribe from alerts",
                                    row.getString("site"))
                                .changed(Map.of("mails", true), Map.of("mails", false)))));
  }

  /** Sends a message again that was given up; for approvers. */
  public Future<Void> tryAgain(Principal by, long alertId) {
    return database.inTransaction(
        tx ->
            tx.preparedQuery(CareQueries.AGAIN)
                .execute(tuple(alertId, by.scope(Role.APPROVER).parameter(), SqlTime.now(clock)))
                .compose(
                    rows -> {
                      if (rows.rowCount() == 0)
                        throw Refusal.notFound("There is no such message that was given up.");
                      Row row = rows.iterator().next();
                      return audit.write(
                          tx,
                          AuditEntry.of(
                                  by,
                                  row.getInteger("client_id"),
                                  "send alert again",
                                  "alert " + alertId + " to " + row.getString("recipient"))
                              .changed(Map.of("state", "FAILED"), Map.of("state", "WAITING")));
                    }));
  }
}
