package org.tagwarden.collector.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.governance.DecisionBook;
import org.tagwarden.collector.governance.DecisionOrder;
import org.tagwarden.collector.governance.DecisionState;
import org.tagwarden.collector.governance.DecisionSubject;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.Authorizations;
import org.tagwarden.collector.governance.rules.Occurrence;
import org.tagwarden.collector.site.Sites;

/** What was seen on a site, what was decided about it, what is wrong with it. */
final class InventoryCalls {
  private static final int DAYS = 30;

  private final Database database;
  private final Sites sites;
  private final DecisionBook decisions;
  private final Clock clock;

  InventoryCalls(Database database, Sites sites, DecisionBook decisions, Clock clock) {
    this.database = database;
    this.sites = sites;
    this.decisions = decisions;
    this.clock = clock;
  }

  Future<ApiAnswer> listTags(ApiCall call) {
    LocalDate first = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(DAYS - 1L);
    return objects(call, InventoryQueries.TAGS, first)
        .compose(
            tags ->
                decisions
                    .of(call.number("siteId"))
                    .map(
                        made -> {
                          for (JsonObject tag : tags) decided(tag, made.authorizations());
                          return answer(tags);
                        }));
  }

  /** Who decided about the tag, and what, as of now. */
  private void decided(JsonObject tag, Authorizations authorizations) {
    Occurrence what = new Occurrence(tag.getString("vendor"), tag.getString("key"), null, null);
    Authorization deciding = authorizations.rule(what, false, clock.instant()).deciding();
    if (deciding == null) return;
    tag.put("state", deciding.verdict().name())
        .put("justification", deciding.justification().text())
        .put("decidedByName", deciding.approval().by())
        .put("decidedAt", deciding.approval().at().toString())
        .put("authorizationId", deciding.id());
  }

  Future<ApiAnswer> listDecisions(ApiCall call) {
    return list(call, InventoryQueries.DECISIONS);
  }

  Future<ApiAnswer> listFindings(ApiCall call) {
    return list(call, InventoryQueries.FINDINGS, call.query("state").orElse(null));
  }

  Future<ApiAnswer> listAlerts(ApiCall call) {
    return list(call, InventoryQueries.ALERTS);
  }

  Future<ApiAnswer> decide(ApiCall call) {
    JsonObject body = call.body();
    Principal by = call.principal();
    return sites
        .get(by, call.number("siteId"), Role.APPROVER)
        .compose(
            site ->
                decisions.decide(
                    new DecisionOrder(
                        site.id(),
                        new DecisionSubject(body.getString("tag"), body.getString("script")),
                        DecisionState.valueOf(body.getString("state")),
                        body.getString("justification"),
                        by.personId(),
                        by.name()),
                    by.origin()))
        .map(ApiAnswer::created);
  }

  /** The rows of a site that the bearer may read, columns as camel-case keys. */
  private Future<ApiAnswer> list(ApiCall call, String statement, @Nullable Object... more) {
    return objects(call, statement, more).map(InventoryCalls::answer);
  }

  private static ApiAnswer answer(List<JsonObject> objects) {
    return ApiAnswer.ok(objects.stream().map(JsonObject::getMap).toList());
  }

  private Future<List<JsonObject>> objects(
      ApiCall call, String statement, @Nullable Object... more) {
    return sites
        .get(call.principal(), call.number("siteId"))
        .compose(
            site -> {
              Tuple values = Tuple.of(site.id());
              for (Object value : more) values.addValue(value);
              return database.pool().preparedQuery(statement).execute(values);
            })
        .map(
            rows -> {
              List<JsonObject> objects = new ArrayList<>();
              for (Row row : rows) objects.add(object(row));
              return objects;
            });
  }

  private static JsonObject object(Row row) {
    JsonObject object = new JsonObject();
    for (int i = 0; i < row.size(); i++) {
      Object value = row.getValue(i);
      if (value != null) object.put(camelCase(row.getColumnName(i)), plain(value));
    }
    return object;
  }

  private static Object plain(Object value) {
    if (value instanceof OffsetDateTime time) return time.toInstant().toString();
    if (value instanceof JsonArray array) return array.getList();
    if (value instanceof JsonObject object) return object.getMap();
    return value;
  }

  private static String camelCase(String column) {
    StringBuilder name = new StringBuilder();
    for (String word : column.split("_", -1)) {
      name.append(
          name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return name.toString();
  }
}
