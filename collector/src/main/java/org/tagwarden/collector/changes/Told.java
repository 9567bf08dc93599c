package org.tagwarden.collector.changes;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.tagwarden.collector.checks.CheckResult;
import org.tagwarden.collector.checks.Failure;
import org.tagwarden.collector.checks.Severity;

/** A finding about a change, as it was worded when the change was seen. */
record Told(ChangeRule rule, Failure failure) {
  CheckResult result() {
    return new CheckResult(rule, failure);
  }

  JsonObject json() {
    return new JsonObject()
        .put("rule", rule.id())
        .put("subject", failure.subject())
        .put("tag", failure.tagKey())
        .put("severity", failure.severity().name())
        .put("summary", failure.summary())
        .put("evidence", new JsonArray(failure.evidence()))
        .put("remedy", failure.remedy());
  }

  static Told of(JsonObject json) {
    ChangeRule rule = ChangeRule.of(json.getString("rule"));
    if (rule == null) throw new IllegalStateException("No rule " + json.getString("rule"));
    return new Told(
        rule,
        new Failure(
            json.getString("subject"),
            json.getString("tag"),
            Severity.valueOf(json.getString("severity")),
            json.getString("summary"),
            json.getJsonArray("evidence").stream().map(String::valueOf).toList(),
            json.getString("remedy")));
  }
}
