package org.tagwarden.collector.alerts.slack;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
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

  /** Escaped it may be five times as long. */
  private static final int LONGEST_LINE = 570;

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
    JsonArray blocks =
        new JsonArray().add(section("*" + escape(cut(message.headline(), LONGEST)) + "*"));
    for (String text : texts(AlertLines.of(message))) blocks.add(section(text));
    blocks.add(new JsonObject().put("type", "actions").put("elements", buttons));
    return new JsonObject().put("text", escape(message.headline())).put("blocks", blocks);
  }

  /** In as few sections as hold all of it. */
  private static List<String> texts(String all) {
    List<String> texts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (String whole : all.split("\n")) {
      String line = escape(cut(whole, LONGEST_LINE));
      if (!text.isEmpty() && text.length() + 1 + line.length() > LONGEST) {
        texts.add(text.toString());
        text.setLength(0);
      }
      if (!text.isEmpty()) text.append('\n');
      text.append(line);
    }
    texts.add(text.toString());
    return texts;
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "…";
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
