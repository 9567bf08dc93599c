package org.tagwarden.collector.alerts.teams;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.tagwarden.collector.alerts.Alert;
import org.tagwarden.collector.alerts.AlertChannel;
import org.tagwarden.collector.alerts.AlertLines;
import org.tagwarden.collector.alerts.AlertMessage;
import org.tagwarden.collector.alerts.Secrets;
import org.tagwarden.collector.alerts.http.HttpTarget;

/** Posts alerts as adaptive cards to Teams' workflows, whose address is the secret. */
public final class TeamsChannel implements AlertChannel {
  private final HttpTarget http;

  public TeamsChannel(HttpTarget http) {
    this.http = http;
  }

  @Override
  public String id() {
    return "teams";
  }

  @Override
  public String title() {
    return "Microsoft Teams";
  }

  @Override
  public String addressHint() {
    return "secret:NAME of the workflow's address (\"when a webhook request is received\")";
  }

  @Override
  public void check(String address) {
    Secrets.requireReference(address);
  }

  @Override
  public Future<Void> deliver(Alert alert, AlertMessage message) {
    return http.post(alert, body(message).encode());
  }

  static JsonObject body(AlertMessage message) {
    JsonArray actions = new JsonArray().add(action("Look at it", message.links().look()));
    if (message.asks()) actions.add(action("I take care of it", message.links().acknowledge()));
    JsonObject card =
        new JsonObject()
            .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
            .put("type", "AdaptiveCard")
            .put("version", "1.4")
            .put(
                "body",
                new JsonArray()
                    .add(text(message.headline()).put("weight", "Bolder").put("size", "Medium"))
                    .add(text(AlertLines.of(message))))
            .put("actions", actions);
    return new JsonObject()
        .put("type", "message")
        .put(
            "attachments",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("contentType", "application/vnd.microsoft.card.adaptive")
                        .put("content", card)));
  }

  /** Text blocks read Markdown: what strangers wrote must not become a link. */
  private static JsonObject text(String text) {
    String plain = text.replaceAll("([\\\\\\[\\]()*_`#])", "\\\\$1").replace("\n", "\n\n");
    return new JsonObject().put("type", "TextBlock").put("text", plain).put("wrap", true);
  }

  private static JsonObject action(String label, String url) {
    return new JsonObject().put("type", "Action.OpenUrl").put("title", label).put("url", url);
  }
}
