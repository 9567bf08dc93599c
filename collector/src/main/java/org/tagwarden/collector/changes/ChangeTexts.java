package org.tagwarden.collector.changes;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.changes.text.ScriptComparison;
import org.tagwarden.collector.checks.Failure;
import org.tagwarden.collector.checks.Severity;

/** How changes are worded as findings. Pure. */
final class ChangeTexts {
  private static final String ACCEPT =
      " If it is as it should be, accept the change with a justification.";

  private ChangeTexts() {}

  static Told contact(Trait trait, boolean neverSeen) {
    boolean critical = neverSeen && trait.facts().sends();
    String what = critical ? " sends data to " : " contacts ";
    String how =
        neverSeen
            ? ", a host that this site never contacted before."
            : ", which this script did not contact before.";
    return told(
        ChangeRule.SCRIPT_CONTACT,
        trait,
        contactSubject(trait),
        critical ? Severity.CRITICAL : neverSeen ? Severity.MEDIUM : Severity.LOW,
        name(trait.subject()) + what + trait.value() + how,
        trait.facts().evidence(),
        critical
            ? "Find out today what is sent and why. If nobody can say, take the script off the page and"
                + " treat the time since then as an incident."
                + ACCEPT
            : "Ask the script's vendor or owner what the host is for." + ACCEPT);
  }

  /** The subject of a finding about a script's contact. */
  static String contactSubject(Trait trait) {
    return trait.subject() + " → " + trait.value();
  }

  static Told read(Trait trait) {
    boolean secret =
        trait.value().equals(TraitNames.PAYMENT_FIELDS)
            || trait.value().equals(TraitNames.SIGN_IN_FIELDS);
    return told(
        ChangeRule.SCRIPT_READ,
        trait,
        trait.subject() + " reads " + trait.value(),
        secret ? Severity.HIGH : Severity.MEDIUM,
        name(trait.subject()) + " reads " + trait.value() + ", which it did not before.",
        trait.facts().evidence(),
        "Ask its vendor or owner why, and have the fields masked." + ACCEPT);
  }

  static Told deed(Trait trait) {
    return told(
        ChangeRule.SCRIPT_DEED,
        trait,
        trait.subject() + " does " + trait.value(),
        Severity.MEDIUM,
        name(trait.subject()) + " does what it did not do before: " + trait.value() + ".",
        trait.facts().evidence(),
        "Ask its vendor or owner what it is for." + ACCEPT);
  }

  static Told script(Trait trait, @Nullable Known before, @Nullable ScriptComparison comparison) {
    String summary =
        before == null
            ? name(trait.subject()) + " is new."
            : name(trait.subject()) + " has another text than the one that was authorized.";
    List<String> evidence = new ArrayList<>(trait.facts().evidence());
    boolean more = comparison != null && comparison.verdict() == ScriptComparison.Verdict.BEHAVIOUR;
    if (comparison != null && more) {
      summary = summary.substring(0, summary.length() - 1) + " and can do more: ";
      summary += String.join(", ", named(comparison)) + ".";
    }
    if (before != null && before.sha256() != null) {
      evidence.add("SHA-256 before: " + before.sha256());
    }
    if (trait.facts().sha256() != null) evidence.add("SHA-256 now: " + trait.facts().sha256());
    return told(
        ChangeRule.SCRIPT_TEXT,
        trait,
        trait.subject(),
        more ? Severity.MEDIUM : Severity.LOW,
        summary,
        evidence,
        "Look at the differences of the two versions on the changes page." + ACCEPT);
  }

  private static List<String> named(ScriptComparison comparison) {
    List<String> named = new ArrayList<>();
    for (String host : comparison.newHosts()) named.add("it names " + host);
    for (String deed : comparison.newDeeds()) named.add("it uses " + deed);
    return named;
  }

  static Told inline(Trait trait, String page, List<String> hosts, List<String> constructs) {
    String more = "";
    if (!hosts.isEmpty()) more = " It names " + String.join(", ", hosts) + ".";
    if (!constructs.isEmpty()) more += " It uses " + String.join(", ", constructs) + ".";
    return told(
        ChangeRule.INLINE,
        trait,
        trait.subject(),
        more.isEmpty() ? Severity.LOW : Severity.MEDIUM,
        "An inline script of " + page + " is new or changed (" + trait.subject() + ")." + more,
        trait.facts().evidence(),
        "Compare it with what stood there before, on the changes page." + ACCEPT);
  }

  static Told thirdParty(Trait trait) {
    return told(
        ChangeRule.THIRD_PARTY,
        trait,
        trait.subject(),
        Severity.MEDIUM,
        "A third party is new on this site: " + shortTag(trait.subject()) + ".",
        trait.facts().evidence(),
        "Find out who needs it. Approve it with a justification, or have it removed.");
  }

  static Told host(Trait trait) {
    return told(
        ChangeRule.HOST,
        trait,
        trait.subject(),
        Severity.LOW,
        "The host " + trait.subject() + " of " + shortTag(trait.tagKey()) + " is new.",
        trait.facts().evidence(),
        "Ask the vendor what it is for." + ACCEPT);
  }

  static Told frame(Trait trait) {
    return told(
        ChangeRule.FRAME,
        trait,
        trait.subject(),
        trait.tagKey() == null ? Severity.LOW : Severity.MEDIUM,
        "A frame shows " + trait.subject() + ", which this site did not show before.",
        trait.facts().evidence(),
        "Find out who put it there." + ACCEPT);
  }

  static Told cookie(Trait trait, @Nullable Known before) {
    String summary =
        before == null
            ? "The cookie " + trait.subject() + " is new."
            : "The flags of the cookie "
                + trait.subject()
                + " changed: "
                + before.value()
                + " became "
                + trait.value()
                + ".";
    return told(
        ChangeRule.COOKIE,
        trait,
        trait.subject(),
        Severity.LOW,
        summary,
        trait.facts().evidence(),
        "Find out what it is for, and whether the consent text names it." + ACCEPT);
  }

  static Told storage(Trait trait) {
    return told(
        ChangeRule.STORAGE,
        trait,
        trait.subject(),
        Severity.LOW,
        "The browser's storage holds something new: " + trait.subject() + ".",
        trait.facts().evidence(),
        "Find out what it is for, and whether the consent text names it." + ACCEPT);
  }

  static Told header(Trait trait, Known before) {
    String now = trait.value();
    boolean went = now.equals(WatchedHeaders.NONE);
    boolean came = before.value().equals(WatchedHeaders.NONE);
    List<String> evidence = new ArrayList<>(trait.facts().evidence());
    evidence.add("Last authorized: " + (came ? "not sent" : before.value()));
    evidence.add("Now: " + (went ? "not sent" : now));
    String result = went ? " is not sent any more." : came ? " is sent now." : " changed.";
    return told(
        ChangeRule.HEADER,
        trait,
        trait.subject(),
        WatchedHeaders.severity(trait.subject(), before.value(), now),
        "The header " + trait.subject() + result,
        evidence,
        "Ask whoever runs the server what was changed." + ACCEPT);
  }

  /** Hosts that a text names and the one before did not, and the other way round. */
  record Named(Set<String> newly, Set<String> noMore) {}

  /**
   * @param came tags that are new since
   * @param named null when one of its texts is not known
   */
  static Told container(Trait trait, Known before, List<String> came, @Nullable Named named) {
    List<String> evidence = new ArrayList<>(trait.facts().evidence());
    evidence.add("Version before: " + before.value());
    evidence.add("Version now: " + trait.value());
    if (!came.isEmpty())
      evidence.add(
          "With it came: " + String.join(", ", came.stream().map(ChangeTexts::shortTag).toList()));
    if (named != null) {
      if (!named.newly().isEmpty())
        evidence.add("It names newly: " + String.join(", ", named.newly()));
      if (!named.noMore().isEmpty())
        evidence.add("It names no more: " + String.join(", ", named.noMore()));
      if (came.isEmpty() && named.newly().isEmpty() && named.noMore().isEmpty())
        evidence.add("No tag came with it, and its text names the same hosts as before.");
    }
    return told(
        ChangeRule.CONTAINER,
        trait,
        trait.subject(),
        Severity.LOW,
        "The container "
            + trait.subject()
            + " was published anew: version "
            + before.value()
            + " became "
            + trait.value()
            + ".",
        evidence,
        "Check with whoever published it that this was meant." + ACCEPT);
  }

  static Told alias(Trait trait, Known before) {
    return told(
        ChangeRule.ALIAS,
        trait,
        trait.subject(),
        Severity.MEDIUM,
        "The host "
            + trait.subject()
            + " is an alias at "
            + trait.value()
            + " now, no longer at "
            + before.value()
            + ".",
        trait.facts().evidence(),
        "Check with whoever runs the domain that this was meant." + ACCEPT);
  }

  static Told gone(String tagKey) {
    return new Told(
        ChangeRule.TAG_GONE,
        new Failure(
            tagKey,
            tagKey,
            Severity.LOW,
            "The tag " + shortTag(tagKey) + " does not fire any more.",
            List.of("It is approved, and it did not show on the last visits."),
            "If it was removed on purpose, accept that; else ask who took it off the page."));
  }

  private static Told told(
      ChangeRule rule,
      Trait trait,
      String subject,
      Severity severity,
      String summary,
      List<String> evidence,
      String remedy) {
    return new Told(
        rule, new Failure(subject, trait.tagKey(), severity, summary, evidence, remedy));
  }

  private static String name(String script) {
    if (!script.startsWith(VisitTraits.INLINE_OF)) return "The script " + script;
    return "An inline script of " + script.substring(VisitTraits.INLINE_OF.length());
  }

  private static String shortTag(@Nullable String key) {
    if (key == null) return "the site";
    return key.startsWith("host:") ? key.substring(5) : key;
  }
}
