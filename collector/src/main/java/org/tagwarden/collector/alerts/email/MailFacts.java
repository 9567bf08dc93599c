package org.tagwarden.collector.alerts.email;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tagwarden.collector.alerts.AlertStory;
import org.tagwarden.collector.alerts.AlertStory.StoryTag;
import org.tagwarden.collector.alerts.ScriptDeeds;
import org.tagwarden.collector.alerts.email.MailPage.Fact;

/** The labelled facts of a mail, in the order in which people ask for them. Pure. */
final class MailFacts {
  private static final int MOST_HOSTS = 6;
  private static final int MOST_COOKIES = 6;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH);

  private MailFacts() {}

  static List<Fact> of(AlertStory story) {
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact("Site", List.of(story.site() + " (" + story.client() + ")", story.siteUrl())));
    facts.add(new Fact("What", List.of(story.subject())));
    if (story.tag() != null) facts.add(new Fact("Belongs to", List.of(tag(story.tag()))));
    facts.add(new Fact("Seen on", pages(story)));
    facts.add(new Fact("Since", List.of(time(story.openedAt()))));
    ScriptDeeds deeds = story.deeds();
    if (deeds == null) {
      if (!story.evidence().isEmpty()) facts.add(new Fact("Evidence", story.evidence()));
      return facts;
    }
    facts.add(new Fact("Loaded by", loadedBy(deeds)));
    facts.add(new Fact("What it did", did(deeds)));
    return facts;
  }

  /** What, where, since when and by whom in a few lines, for a list. */
  static List<String> brief(AlertStory story) {
    List<String> lines = new ArrayList<>();
    lines.add(story.subject());
    StringBuilder about = new StringBuilder(story.title());
    if (story.tag() != null) about.append(", ").append(tag(story.tag()));
    lines.add(about.toString());
    lines.add(
        story.isResolved()
            ? "resolved " + time(story.at())
            : "on "
                + story.pageCount()
                + " of "
                + story.sitePages()
                + " known pages since "
                + time(story.openedAt()));
    return lines;
  }

  private static String tag(StoryTag tag) {
    if (!tag.known()) return tag.vendor() + " - a host that is in no catalogue";
    String name =
        tag.product().equals(tag.vendor()) ? tag.vendor() : tag.product() + " by " + tag.vendor();
    return name + " - " + tag.category().label();
  }

  private static List<String> pages(AlertStory story) {
    List<String> lines = new ArrayList<>();
    lines.add(story.pageCount() + " of " + story.sitePages() + " known pages");
    lines.addAll(story.pages());
    int more = story.pageCount() - story.pages().size();
    if (more > 0) lines.add("and " + more + " more");
    return lines;
  }

  private static List<String> loadedBy(ScriptDeeds deeds) {
    List<String> chain = deeds.loadedBy();
    List<String> lines = new ArrayList<>();
    if (chain.size() == 1) return List.of("Nobody could tell who loaded it");
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
