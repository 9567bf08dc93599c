package org.tagwarden.collector.changes;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.checks.Rule;
import org.tagwarden.collector.checks.Severity;

/** What a change can be a finding about. The comparison with what is known says when. */
public enum ChangeRule implements Rule {
  SCRIPT_CONTACT(
      "script-contact",
      "Script that contacts a new host",
      "A script that suddenly sends to a host which nobody knows is what a skimmer looks like: the"
          + " script is the one that was approved, what it does is not.",
      Severity.CRITICAL),
  SCRIPT_READ(
      "script-read",
      "Script that reads other fields than before",
      "Whoever reads a field holds what visitors type. A script that was authorized without reading"
          + " it was authorized for less.",
      Severity.HIGH),
  SCRIPT_DEED(
      "script-deed",
      "Script that does what it did not do before",
      "Listening to keys or reading out a device was no part of what was authorized.",
      Severity.MEDIUM),
  SCRIPT_TEXT(
      "script-changed",
      "Script that changed",
      "What was authorized was another text. Comments, build numbers and data do not count.",
      Severity.LOW),
  INLINE(
      "inline-script-changed",
      "Inline script that is new or changed",
      "Injected code mostly stands in the document itself, where no list of hosts shows it.",
      Severity.LOW),
  THIRD_PARTY(
      "new-third-party",
      "New third party",
      "A new third party learns who visits the page, and somebody has to answer for it.",
      Severity.MEDIUM),
  HOST(
      "new-host",
      "New host of a known vendor",
      "A vendor's new host may stand in another country or belong to somebody else.",
      Severity.LOW),
  FRAME(
      "new-frame",
      "New frame",
      "A frame shows a foreign page inside of yours; on payment pages it can imitate a form.",
      Severity.MEDIUM),
  COOKIE(
      "cookie-changed",
      "Cookie that is new or changed",
      "A cookie needs a purpose, a place in the consent text and protective flags.",
      Severity.LOW),
  STORAGE(
      "storage-changed",
      "New item in the browser's storage",
      "What is kept in the browser identifies visitors as cookies do and needs the same consent.",
      Severity.LOW),
  HEADER(
      "header-changed",
      "Security header that changed",
      "These headers switch on protections of the browser. PCI DSS 11.6.1 asks that somebody is told"
          + " when they change.",
      Severity.MEDIUM),
  CONTAINER(
      "container-published",
      "Tag manager's container that was published anew",
      "Whoever publishes a container changes the site without a release.",
      Severity.LOW),
  ALIAS(
      "alias-moved",
      "Host that points elsewhere",
      "An alias that moved leads visitors, and their cookies, to somebody else.",
      Severity.MEDIUM),
  TAG_GONE(
      "tag-gone",
      "Approved tag that does not fire any more",
      "Somebody relies on its figures. If it was removed on purpose, its authorization can go, too.",
      Severity.LOW);

  /** Every rule, one line each above. */
  public static final List<ChangeRule> ALL = List.of(values());

  private final String id;
  private final String title;
  private final String whyItMatters;
  private final Severity severity;

  ChangeRule(String id, String title, String whyItMatters, Severity severity) {
    this.id = id;
    this.title = title;
    this.whyItMatters = whyItMatters;
    this.severity = severity;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String whyItMatters() {
    return whyItMatters;
  }

  @Override
  public Severity severity() {
    return severity;
  }

  /** The rule of that id; null when it is a check's. */
  public static @Nullable ChangeRule of(String id) {
    for (ChangeRule rule : ALL) if (rule.id.equals(id)) return rule;
    return null;
  }
}
