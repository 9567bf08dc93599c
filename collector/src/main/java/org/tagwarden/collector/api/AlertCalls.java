package org.tagwarden.collector.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.alerts.AlertRule;
import org.tagwarden.collector.alerts.AlertRules;
import org.tagwarden.collector.alerts.AlertServices;
import org.tagwarden.collector.alerts.Destination;
import org.tagwarden.collector.alerts.Destinations;

/** Rules, destinations, and addresses that mails do not reach. */
final class AlertCalls {
  private final AlertRules rules;
  private final Destinations destinations;
  private final AlertServices alerts;

  AlertCalls(AlertServices alerts) {
    this.alerts = alerts;
    this.rules = alerts.rules();
    this.destinations = alerts.destinations();
  }

  Future<ApiAnswer> listAlertRules(ApiCall call) {
    int clientId = client(call);
    return rules
        .list(call.principal())
        .map(
            all ->
                ApiAnswer.ok(
                    all.stream()
                        .filter(one -> one.clientId() == clientId)
                        .map(RuleBody::of)
                        .toList()));
  }

  Future<ApiAnswer> createAlertRule(ApiCall call) {
    int clientId = client(call);
    return rule(call, clientId)
        .compose(rule -> rules.add(call.principal(), clientId, rule))
        .map(id -> ApiAnswer.created(Map.of("id", id, "version", 1)));
  }

  Future<ApiAnswer> changeAlertRule(ApiCall call) {
    int clientId = client(call);
    Integer seen = call.body().getInteger("version");
    return rule(call, clientId)
        .compose(
            rule -> rules.change(call.principal(), clientId, call.number("ruleId"), seen, rule))
        .compose(done -> found(call, clientId))
        .map(ApiAnswer::ok);
  }

  Future<ApiAnswer> deleteAlertRule(ApiCall call) {
    return rules
        .remove(call.principal(), client(call), call.number("ruleId"), call.seenVersion())
        .map(done -> ApiAnswer.NOTHING);
  }

  private Future<RuleBody> found(ApiCall call, int clientId) {
    return rules
        .list(call.principal())
        .map(
            all ->
                all.stream()
                    .filter(one -> one.clientId() == clientId)
                    .filter(one -> one.rule().id() == call.number("ruleId"))
                    .map(RuleBody::of)
                    .findFirst()
                    .orElseThrow(() -> Refusal.notFound("There is no such rule.")));
  }

  private Future<AlertRule> rule(ApiCall call, int clientId) {
    JsonObject body = call.body();
    return destinationsOf(call.principal(), clientId)
        .map(reached -> ApiJson.read(body, RuleBody.class).rule(reached));
  }

  Future<ApiAnswer> listAlertDestinations(ApiCall call) {
    return destinationsOf(call.principal(), client(call)).map(ApiAnswer::ok);
  }

  private Future<List<Destination>> destinationsOf(Principal by, int clientId) {
    return destinations
        .list(by)
        .map(all -> all.stream().filter(one -> one.clientId() == clientId).toList());
  }

  Future<ApiAnswer> createAlertDestination(ApiCall call) {
    JsonObject body = call.body();
    return destinations
        .add(
            call.principal(),
            client(call),
            new Destinations.Draft(
                body.getString("name"),
                body.getString("channel"),
                body.getString("address"),
                body.getString("signing", "")))
        .map(id -> ApiAnswer.created(Map.of("id", id)));
  }

  Future<ApiAnswer> deleteAlertDestination(ApiCall call) {
    return destinationOf(call)
        .compose(id -> destinations.remove(call.principal(), id))
        .map(done -> ApiAnswer.NOTHING);
  }

  Future<ApiAnswer> testAlertDestination(ApiCall call) {
    return destinationOf(call)
        .compose(id -> destinations.test(call.principal(), id))
        .map(name -> ApiAnswer.ok(Map.of("acceptedBy", name)));
  }

  private Future<Integer> destinationOf(ApiCall call) {
    int id = call.number("destinationId");
    return destinationsOf(call.principal(), client(call))
        .map(
            all -> {
              if (all.stream().noneMatch(one -> one.id() == id))
                throw Refusal.notFound("There is no such destination.");
              return id;
            });
  }

  Future<ApiAnswer> listUnreachedAddresses(ApiCall call) {
    return alerts.bounces().list(call.principal()).map(ApiAnswer::ok);
  }

  Future<ApiAnswer> clearUnreachedAddress(ApiCall call) {
    return alerts
        .bounces()
        .clear(call.principal(), call.body().getString("email"))
        .map(done -> ApiAnswer.NOTHING);
  }

  /** One that the caller may read. */
  private static int client(ApiCall call) {
    int clientId = call.number("clientId");
    if (!call.principal().readable().includes(clientId))
      throw Refusal.notFound("There is no such client.");
    return clientId;
  }
}
