package org.tagwarden.collector.alerts.slack;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.tagwarden.collector.alerts.Alert;
import org.tagwarden.collector.alerts.AlertChannel;
import org.tagwarden.collector.alerts.AlertLines;
import org.tagwarden.collector.alerts.AlertMessage;
import org.tagwarden.collector.alerts.Secrets;
import org.tagwarden.collector.alerts.http.HttpTarget;

/** Posts alerts to Slack's incoming webhooks, whose address is the secret. */
public final class SlackChannel implements AlertChannel {
  /** Slack refuses longer texts in a section. */
  private static final int LONGEST = 2_900;

  private final HttpTarget http;

  public SlackChannel(HttpTarget http) {
    this.http = http;
  }

  @Override
  public String id() {
    return "slack";
  }

  @Override
  public String title() {
    return "Slack";
  }

  @Override
  public String addressHint() {
    return "secret:NAME of the incoming webhook's address";
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
    JsonArray buttons = new JsonArray().add(button("Look at it", message.links().look()));
    if (message.asks()) buttons.add(button("I take care of it", message.links().acknowledge()));
    String text = escape(AlertLines.of(message));
    String shown = text.length() <= LONGEST ? text : cut(text) + "…";
    return new JsonObject()
        .put("text", escape(message.headline()))
        .put(
            "blocks",
            new JsonArray()
                .add(section("*" + escape(message.headline()) + "*"))
                .add(section(shown))
                .add(new JsonObject().put("type", "actions").put("elements", buttons)));
  }

  /** Not in the middle of an escaped character. */
  private static String cut(String text) {
    return text.substring(0, LONGEST).replaceFirst("&[a-z]{0,3}$", "");
  }

  /** Verbatim: else Slack makes links of strangers' addresses and calls whom they name. */
  private static JsonObject section(String text) {
    return new JsonObject()
        .put("type", "section")
        .put(
            "text", new JsonObject().put("type", "mrkdwn").put("text", text).put("verbatim", true));
  }

  private static JsonObject button(String label, String url) {
    return new JsonObject()
        .put("type", "button")
        .put("text", new JsonObject().put("type", "plain_text").put("text", label))
        .put("url", url);
  }

  /** Slack's control characters: without this a stranger's URL could mention everybody. */
  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
