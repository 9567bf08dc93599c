package org.tagwarden.collector.alerts.email;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.alerts.AlertKind;
import org.tagwarden.collector.alerts.AlertStory;
import org.tagwarden.collector.alerts.AlertStory.StoryTag;
import org.tagwarden.collector.alerts.ScriptDeeds;
import org.tagwarden.collector.alerts.email.MailPage.Fact;
import org.tagwarden.collector.changes.LookedAgain;

/** The labelled facts of a mail, in the order in which people ask for them. Pure. */
final class MailFacts {
  private static final int MOST_HOSTS = 6;
  private static final int MOST_COOKIES = 6;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH);

  private MailFacts() {}

  static List<Fact> of(AlertKind kind, AlertStory story) {
    List<Fact> facts = new ArrayList<>();
    if (kind == AlertKind.TEST) {
      facts.add(new Fact("Sent to", List.of(story.subject())));
      facts.add(new Fact("At", List.of(time(story.openedAt()))));
      return facts;
    }
    facts.add(
        new Fact("Site", List.of(story.site() + " (" + story.client() + ")", story.siteUrl())));
    if (kind == AlertKind.REVIEW && !story.evidence().isEmpty()) {
      facts.add(new Fact("Asked about", story.evidence()));
      return facts;
    }
    facts.add(new Fact("What", List.of(story.subject())));
    StoryTag tag = story.tag();
    if (tag != null) facts.add(new Fact("Belongs to", List.of(tag(tag))));
    if (story.pageCount() > 0) facts.add(new Fact("Seen on", pages(story)));
    facts.add(
        new Fact(kind == AlertKind.REVIEW ? "Named" : "Since", List.of(time(story.openedAt()))));
    if (story.isResolved()) facts.add(new Fact("Resolved", List.of(time(story.at()))));
    LookedAgain again = story.lookedAgain();
    if (again != null) facts.add(new Fact("Looked again", List.of(again.sentence())));
    addCare(facts, kind, story);
    ScriptDeeds deeds = story.deeds();
    if (deeds == null) {
      String by = story.broughtBy();
      if (!by.isEmpty()) facts.add(new Fact("Brought by", List.of(by)));
      if (!story.evidence().isEmpty()) facts.add(new Fact("Evidence", story.evidence()));
      return facts;
    }
    facts.add(new Fact("Brought by", broughtBy(tag, deeds)));
    facts.add(new Fact("What it did", did(deeds)));
    return facts;
  }

  private static void addCare(List<Fact> facts, AlertKind kind, AlertStory story) {
    AlertStory.Care care = story.care();
    if (care == null) return;
    AlertStory.Mute mute = care.mute();
    if (kind == AlertKind.UNMUTED && mute != null)
      facts.add(
          new Fact(
              "Was muted",
              List.of(
                  "by " + mute.by() + " until " + time(mute.until()), "Reason: " + mute.reason())));
    String by = care.acknowledgedBy();
    Instant at = care.acknowledgedAt();
    if (by != null && at != null)
      facts.add(new Fact("Taken care of", List.of("by " + by + " since " + time(at))));
  }

  /** What, where, since when and by whom in a few lines, for a list. */
  static List<String> brief(AlertStory story) {
    List<String> lines = new ArrayList<>();
    lines.add(story.subject());
    lines.add(story.isResolved() ? story.title() : story.summary());
    StoryTag tag = story.tag();
    if (tag != null) lines.add("belongs to " + tag(tag));
    if (story.isResolved()) {
      String reason = story.resolvedBecause();
      lines.add("resolved " + time(story.at()) + (reason.isEmpty() ? "" : ". " + reason));
      return lines;
    }
    if (!story.broughtBy().isEmpty()) lines.add("brought by " + story.broughtBy());
    LookedAgain again = story.lookedAgain();
    if (again != null && again != LookedAgain.CONFIRMED) lines.add(again.sentence());
    String since = "since " + time(story.openedAt());
    lines.add(
        story.pageCount() == 0
            ? since
            : "on " + story.pageCount() + " of " + knownPages(story) + " " + since);
    String by = story.acknowledgedBy();
    if (by != null) lines.add(by + " takes care of it");
    return lines;
  }

  private static String knownPages(AlertStory story) {
    return story.sitePages() == 1 ? "1 known page" : story.sitePages() + " known pages";
  }

  private static String tag(StoryTag tag) {
    if (!tag.known()) return tag.vendor() + " - a host that is in no catalogue";
    String name =
        tag.product().equals(tag.vendor()) ? tag.vendor() : tag.product() + " by " + tag.vendor();
    return name + " - " + tag.category().label();
  }

  private static List<String> pages(AlertStory story) {
    List<String> lines = new ArrayList<>();
    lines.add(story.pageCount() + " of " + knownPages(story));
    lines.addAll(story.pages());
    int more = story.pageCount() - story.pages().size();
    if (more > 0) lines.add("and " + more + " more");
    return lines;
  }

  /** Who deployed it, and how it was loaded in the visit: the two need not be the same. */
  private static List<String> broughtBy(@Nullable StoryTag tag, ScriptDeeds deeds) {
    List<String> lines = new ArrayList<>();
    if (tag != null) lines.add(tag.broughtBy());
    List<String> chain = deeds.loadedBy();
    if (chain.size() == 1) {
      if (tag == null) lines.add("nobody could tell");
      return lines;
    }
    lines.add(chain.get(0));
    for (int i = 1; i < chain.size(); i++) lines.add("\u2192 " + chain.get(i));
    return lines;
  }

  private static List<String> did(ScriptDeeds deeds) {
    List<String> lines = new ArrayList<>();
    String requests =
        deeds.requests() == 1 ? "1 further request" : deeds.requests() + " further requests";
    lines.add(
        deeds.requests() == 0
            ? "No further requests, " + MailPage.bytes(deeds.bytes())
            : requests + ", " + MailPage.bytes(deeds.bytes()) + " with the script itself");
    if (!deeds.hosts().isEmpty()) lines.add("Contacted " + hosts(deeds.hosts()));
    if (!deeds.cookies().isEmpty())
      lines.add("Set cookies: " + some(deeds.cookies(), MOST_COOKIES));
    lines.add("As seen on " + deeds.page());
    return lines;
  }

  private static String hosts(Map<String, Integer> hosts) {
    List<String> names = new ArrayList<>();
    hosts.forEach((host, count) -> names.add(count == 1 ? host : host + " (" + count + " times)"));
    return some(names, MOST_HOSTS);
  }

  private static String some(List<String> names, int most) {
    if (names.size() <= most) return String.join(", ", names);
    return String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
  }

  private static String time(Instant instant) {
    return TIME.format(instant.atOffset(ZoneOffset.UTC));
  }
}
