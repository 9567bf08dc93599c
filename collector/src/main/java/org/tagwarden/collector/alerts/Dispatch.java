package org.tagwarden.collector.alerts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.alerts.email.EmailChannel;
import org.tagwarden.collector.owners.EscalationPath;
import org.tagwarden.collector.owners.Line;
import org.tagwarden.collector.owners.NextInLine;
import org.tagwarden.collector.owners.Ownership;

/**
 * What follows from changes of a site's findings: who is told what and when, and who is next if
 * nobody acknowledges. Pure; {@link AlertOutbox} writes it down.
 */
record Dispatch(List<Letter> letters, List<Escalation> escalations) {
  /** One change for one recipient; letters to the same recipient become one message. */
  record Letter(
      AlertKind kind,
      String channel,
      String recipient,
      @Nullable Integer destinationId,
      Instant notBefore,
      long changeId) {
    Letter as(AlertKind other) {
      return new Letter(other, channel, recipient, destinationId, notBefore, changeId);
    }
  }

  /**
   * A finding begins its way along the path.
   *
   * @param step the one that is told now
   * @param nextAt null when nobody comes after it
   */
  record Escalation(int findingId, long changeId, int step, @Nullable Instant nextAt) {}

  Dispatch {
    letters = List.copyOf(letters);
    escalations = List.copyOf(escalations);
  }

  static Dispatch of(
      List<News> news, List<AlertRule> rules, Audience audience, Told told, Instant now) {
    Map<List<Object>, Letter> letters = new LinkedHashMap<>();
    List<Escalation> escalations = new ArrayList<>();
    for (News one : news) {
      List<Letter> own = new ArrayList<>();
      for (AlertRule rule : rules)
        if (rule.picks(one)) own.addAll(byRule(rule, one, audience, now));
      if (rules.stream().noneMatch(rule -> rule.picks(one))) continue;
      Escalation escalation = one.isBad() ? escalation(one, audience, now, own) : null;
      boolean anyoneNew = own.stream().anyMatch(letter -> isNew(letter, one, told, now));
      if (escalation != null && anyoneNew) escalations.add(escalation);
      for (Letter letter : own) {
        if (!isNew(letter, one, told, now)) continue;
        letters.merge(
            List.of(letter.changeId(), letter.channel(), letter.recipient()),
            letter,
            (first, second) -> second.notBefore().isBefore(first.notBefore()) ? second : first);
      }
    }
    return new Dispatch(List.copyOf(letters.values()), escalations);
  }

  /**
   * The same for mutes that are over.
   *
   * @param cared findings that begin no path
   */
  Dispatch unmuted(Set<Integer> cared) {
    return new Dispatch(
        letters.stream().map(letter -> letter.as(AlertKind.UNMUTED)).toList(),
        escalations.stream().filter(one -> !cared.contains(one.findingId())).toList());
  }

  private static boolean isNew(Letter letter, News news, Told told, Instant now) {
    return told.isNewTo(news, letter.channel(), letter.recipient(), now);
  }

  private static List<Letter> byRule(AlertRule rule, News news, Audience audience, Instant now) {
    Instant due = rule.due(news, now);
    AlertKind kind = rule.rhythm().kind();
    Destination destination = rule.destination();
    if (rule.tell() == AlertRule.Tell.DESTINATION && destination != null) {
      boolean mail = destination.channel().equals(EmailChannel.ID);
      if (mail && !audience.wants(destination.address())) return List.of();
      String recipient = mail ? destination.address() : destination.name();
      return List.of(
          new Letter(
              kind, destination.channel(), recipient, destination.id(), due, news.changeId()));
    }
    List<String> emails = audience.siteEmails();
    if (rule.tell() == AlertRule.Tell.OWNER) {
      Ownership owner = audience.responsibility().line(news.tagKey()).first();
      if (owner != null)
        emails = List.of(owner.email()); // nobody answers for it: the site's people
    }
    return emails.stream()
        .filter(audience::wants)
        .map(email -> new Letter(kind, EmailChannel.ID, email, null, due, news.changeId()))
        .toList();
  }

  /** The path's first one is told with the others, unless they are among them already. */
  private static @Nullable Escalation escalation(
      News news, Audience audience, Instant now, List<Letter> own) {
    Line line = audience.responsibility().line(news.tagKey());
    NextInLine first = line.next(-1, news.severity());
    EscalationPath path = line.path();
    if (first == null || path == null) return null;
    Instant toldAt = path.due(now, first, news.severity());
    Set<String> known =
        Set.copyOf(own.stream().map(letter -> letter.channel() + letter.recipient()).toList());
    if (!known.contains(EmailChannel.ID + first.email())) {
      own.add(
          new Letter(AlertKind.NOW, EmailChannel.ID, first.email(), null, toldAt, news.changeId()));
    }
    NextInLine next = line.next(first.step(), news.severity());
    return new Escalation(
        news.findingId(),
        news.changeId(),
        first.step(),
        next == null ? null : path.due(toldAt, next, news.severity()));
  }
}
