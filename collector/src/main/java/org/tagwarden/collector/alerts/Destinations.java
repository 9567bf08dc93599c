package org.tagwarden.collector.alerts;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AuditEntry;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.findings.ChangeKind;

/** Where clients' messages may go besides the addresses of their sites. For administrators. */
public final class Destinations {
  private static final int LONGEST = 2_000;

  private final Database database;
  private final List<AlertChannel> channels;
  private final AuditLog audit;
  private final String publicUrl;
  private final Clock clock;

  public Destinations(
      Database database,
      List<AlertChannel> channels,
      AuditLog audit,
      String publicUrl,
      Clock clock) {
    this.database = database;
    this.channels = List.copyOf(channels);
    this.audit = audit;
    this.publicUrl = publicUrl;
    this.clock = clock;
  }

  /**
   * What a person says about a destination.
   *
   * @param signing a secret's reference; "" for none
   */
  public record Draft(String name, String channel, String address, String signing) {
    public Draft {
      if (name.isBlank() || name.length() > 100)
        throw Refusal.invalid("destinationName", "Give it a name of at most 100 characters.");
      if (address.isBlank() || address.length() > LONGEST)
        throw Refusal.invalid("address", "Give its address.");
      if (!signing.isEmpty() && !Secrets.isReference(signing))
        throw Refusal.invalid(
            "signing", "Name the key's file among the server's secrets: secret:NAME.");
    }
  }

  /** The channels by id, with what people call them. */
  public Map<String, String> channels() {
    Map<String, String> titles = new LinkedHashMap<>();
    for (AlertChannel channel : channels) titles.put(channel.id(), channel.title());
    return titles;
  }

  /** What each channel's address has to be. */
  public List<String> addressHints() {
    return channels.stream()
        .map(channel -> channel.title() + ": " + channel.addressHint() + ".")
        .toList();
  }

  /** Of every client that the principal may read. */
  public Future<List<Destination>> list(Principal by) {
    return select(by, null, Role.VIEWER);
  }

  /** A new one of a client; for administrators. Answers its id. */
  public Future<Integer> add(Principal by, int clientId, Draft draft) {
    if (!by.readable().includes(clientId)) throw Refusal.notFound("There is no such client.");
    by.require(Role.ADMIN, clientId);
    channel(draft.channel()).check(draft.address());
    return database.inTransaction(
        tx ->
            tx.preparedQuery(DestinationQueries.ADD)
                .execute(
                    tuple(
                        clientId,
                        draft.name(),
                        draft.channel(),
                        draft.address(),
                        draft.signing().isEmpty() ? null : draft.signing(),
                        SqlTime.now(clock)))
                .compose(
                    rows -> {
                      if (rows.size() == 0)
                        throw Refusal.of(
                            Refusal.Kind.CONFLICT,
                            "This client has already a destination named \""
                                + draft.name()
                                + "\".");
                      return audit
                          .write(
                              tx,
                              AuditEntry.of(by, clientId, "add alert destination", draft.name())
                                  .made(draft))
                          .map(rows.iterator().next().getInteger("id"));
                    }));
  }

  /** Takes one away, with the rules that send there; for administrators. */
  public Future<Void> remove(Principal by, int id) {
    return one(by, id)
        .compose(
            destination ->
                database.inTransaction(
                    tx ->
                        tx.preparedQuery(DestinationQueries.REMOVE)
                            .execute(tuple(id))
                            .compose(
                                rows ->
                                    audit.write(
                                        tx,
                                        AuditEntry.of(
                                                by,
                                                destination.clientId(),
                                                "remove alert destination",
                                                destination.name())
                                            .gone(destination)))));
  }

  /**
   * Sends a test message now, past all rules, and waits for the other side; for administrators.
   * What goes wrong is refused with the channel's own sentence.
   */
  public Future<String> test(Principal by, int id) {
    return one(by, id)
        .compose(
            destination ->
                channel(destination.channel())
                    .deliver(testAlert(destination), testMessage(destination))
                    .transform(
                        result -> {
                          Future<String> noted = noted(by, destination, result.succeeded());
                          if (result.succeeded()) return noted;
                          return noted.compose(
                              done ->
                                  Future.failedFuture(
                                      Refusal.invalid(
                                          "destination",
                                          String.valueOf(result.cause().getMessage()))));
                        }));
  }

  /** Also when the other side refused: something went out in this client's name. */
  private Future<String> noted(Principal by, Destination destination, boolean taken) {
    return audit
        .write(
            database.pool(),
            AuditEntry.of(by, destination.clientId(), "send test alert", destination.name())
                .made(Map.of("channel", destination.channel(), "taken", taken)))
        .map(destination.name());
  }

  private static Alert testAlert(Destination destination) {
    return new Alert(
        0,
        AlertKind.TEST,
        0,
        destination.channel(),
        destination.address(),
        "test-" + UUID.randomUUID() + "@tagwarden",
        1,
        OffsetDateTime.MAX,
        destination);
  }

  private AlertMessage testMessage(Destination destination) {
    Instant now = clock.instant();
    AlertStory story =
        new AlertStory(
            0,
            "test",
            ChangeKind.OPENED,
            now,
            "Tagwarden",
            0,
            "no site",
            publicUrl,
            "Test message of Tagwarden",
            "Somebody pressed the test button to see whether messages arrive here.",
            destination.name(),
            Severity.LOW,
            "This is a test: nothing happened on your sites.",
            List.of(),
            "Nothing. If you read this, messages arrive.",
            now,
            null,
            List.of(),
            0,
            0,
            null,
            null);
    AlertMessage.Links links =
        new AlertMessage.Links(
            publicUrl + "/alerts", publicUrl + "/alerts", publicUrl + "/alerts/rules");
    return new AlertMessage(
        AlertKind.TEST, List.of(story), 1, "Nobody: it is a test.", List.of(), links);
  }

  private AlertChannel channel(String id) {
    for (AlertChannel channel : channels) if (channel.id().equals(id)) return channel;
    throw Refusal.invalid(
        "channel", "This server has no such channel; e-mail needs smtp.host in its settings.");
  }

  private Future<Destination> one(Principal by, int id) {
    return select(by, id, Role.ADMIN)
        .map(
            found -> {
              if (found.isEmpty()) throw Refusal.notFound("There is no such destination.");
              return found.get(0);
            });
  }

  private Future<List<Destination>> select(Principal by, @Nullable Integer id, Role role) {
    return database
        .pool()
        .preparedQuery(DestinationQueries.LIST)
        .execute(tuple(by.scope(role).parameter(), id))
        .map(
            rows -> {
              List<Destination> found = new ArrayList<>();
              for (Row row : rows) {
                Destination destination = AlertRules.destination(row);
                if (destination != null) found.add(destination);
              }
              return found;
            });
  }
}
