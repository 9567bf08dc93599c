package org.tagwarden.collector.alerts.webhook;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.tagwarden.collector.alerts.AlertMessage;
import org.tagwarden.collector.alerts.AlertStory;
import org.tagwarden.collector.alerts.AlertStory.StoryTag;
import org.tagwarden.collector.changes.LookedAgain;

/** The JSON of an alert; docs/operations.md describes it. Fields are only ever added. Pure. */
public final class WebhookBody {
  private WebhookBody() {}

  /** The whole message. */
  public static JsonObject of(String id, AlertMessage message) {
    AlertStory first = message.first();
    JsonArray findings = new JsonArray();
    for (AlertStory story : message.stories()) findings.add(finding(story));
    return new JsonObject()
        .put("id", id)
        .put("type", "alert." + message.kind().name().toLowerCase(Locale.ROOT))
        .put("headline", message.headline())
        .put("severity", message.severity().name())
        .put("client", first.client())
        .put(
            "site",
            new JsonObject()
                .put("id", first.siteId())
                .put("name", first.site())
                .put("url", first.siteUrl()))
        .put("findings", findings)
        .put("unlisted", message.unlisted())
        .put("nextInLine", message.nextInLine())
        .put("link", message.links().look())
        .put("acknowledge", message.links().acknowledge());
  }

  private static JsonObject finding(AlertStory story) {
    StoryTag tag = story.tag();
    LookedAgain again = story.lookedAgain();
    return new JsonObject()
        .put("id", story.findingId())
        .put("check", story.checkId())
        .put("title", story.title())
        .put("change", story.change().name())
        .put("severity", story.severity().name())
        .put("subject", story.subject())
        .put("summary", story.summary())
        .put("whyItMatters", story.whyItMatters())
        .put("whatToDo", story.remedy())
        .put("since", story.openedAt().toString())
        .put("changedAt", story.at().toString())
        .put("pages", new JsonArray(story.pages()))
        .put("pageCount", story.pageCount())
        .put("broughtBy", story.broughtBy())
        .put("lookedAgain", again == null ? null : again.name())
        .put("resolvedBecause", story.resolvedBecause())
        .put(
            "tag",
            tag == null
                ? null
                : new JsonObject()
                    .put("key", tag.key())
                    .put("vendor", tag.vendor())
                    .put("product", tag.product()))
        .put("acknowledgedBy", story.acknowledgedBy());
  }
}
