package org.tagwarden.collector.changes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.changes.Change.Ref;
import org.tagwarden.collector.checks.CheckResult;
import org.tagwarden.collector.checks.Failure;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.vendors.Hosts;

/**
 * Lets one finding speak where several checks and rules saw the same deed: the graver one, which
 * then names what the others say. Pure. docs/checks.md lists who speaks for whom.
 */
final class OneVoice {
  static final String UNAPPROVED = "unapproved-script";
  static final String COMPROMISED = "compromised-host";
  static final String SENSITIVE = "sensitive-field-read";
  static final String DRIFT = "envelope-drift";
  static final String CONTACT = ChangeRule.SCRIPT_CONTACT.id();

  /** Faults of a script; while nobody approved it they are told with that. */
  private static final Set<String> OF_SCRIPTS =
      Set.of(SENSITIVE, "script-over-http", "script-integrity");

  private static final String EARLY = "tag-before-choice";
  private static final String AFTER_NO = "tag-after-reject";
  static final Set<String> CONSENT = Set.of(EARLY, AFTER_NO);
  private static final int MOST_EVIDENCE = 20;

  /** Nobody: what is dropped was told, and somebody accepted it. */
  private static final Ref NOBODY = new Ref("", "");

  /**
   * A script that was found to contact a host.
   *
   * @param told the finding about it; null when somebody accepted it
   * @param readsToo whether the script took to reading payment or sign-in fields on that visit, and
   *     that is no finding of its own
   */
  record Contact(
      String tagKey, String script, String host, @Nullable Told told, boolean readsToo) {}

  /**
   * What earlier visits told.
   *
   * @param causes of tags that came as a change, by key: the finding that speaks for them while
   *     they are undecided
   * @param openElsewhere findings that are open and that this examination does not look at
   * @param ofConsent findings that are open and about a tag that does not wait for a consent
   */
  record Standing(
      Map<String, Ref> causes, List<Contact> contacts, Set<Ref> openElsewhere, Set<Ref> ofConsent) {
    static final Standing NOTHING = new Standing(Map.of(), List.of(), Set.of(), Set.of());
  }

  private final Map<Ref, CheckResult> results = new LinkedHashMap<>();
  private final Standing standing;

  private OneVoice(List<CheckResult> all, Standing standing) {
    this.standing = standing;
    for (CheckResult result : all) results.putIfAbsent(ref(result), result);
  }

  /** The findings that are told, in their order. */
  static List<CheckResult> of(List<CheckResult> all, Standing standing) {
    return new OneVoice(all, standing).merged();
  }

  static Ref ref(CheckResult result) {
    return new Ref(result.check().id(), result.failure().subject());
  }

  private List<CheckResult> merged() {
    Map<Ref, Ref> speakers = new HashMap<>();
    results.forEach(
        (ref, result) -> {
          Ref speaker = speakerOf(result);
          if (speaker != null && !speaker.equals(ref)) speakers.put(ref, speaker);
        });
    Map<Ref, List<CheckResult>> heard = new HashMap<>();
    Set<Ref> silent = new HashSet<>();
    results.forEach(
        (ref, result) -> {
          Ref last = last(ref, speakers);
          if (last.equals(ref)) return;
          silent.add(ref);
          heard.computeIfAbsent(last, r -> new ArrayList<>()).add(result);
        });
    List<CheckResult> told = new ArrayList<>();
    results.forEach(
        (ref, result) -> {
          if (!silent.contains(ref)) told.add(with(result, heard.getOrDefault(ref, List.of())));
        });
    return told;
  }

  /** Whoever speaks may itself be spoken for. */
  private static Ref last(Ref ref, Map<Ref, Ref> speakers) {
    Ref at = ref;
    Set<Ref> passed = new HashSet<>();
    while (passed.add(at)) {
      Ref next = speakers.get(at);
      if (next == null) return at;
      at = next;
    }
    return ref;
  }

  /** Null when it speaks for itself. */
  private @Nullable Ref speakerOf(CheckResult result) {
    String check = result.check().id();
    Failure failure = result.failure();
    if (check.equals(UNAPPROVED)) {
      Ref compromised = new Ref(COMPROMISED, Hosts.registrableDomain(host(failure.subject())));
      if (results.containsKey(compromised)) return compromised;
    }
    if (OF_SCRIPTS.contains(check)) {
      Ref unapproved = new Ref(UNAPPROVED, failure.subject());
      if (results.containsKey(unapproved)) return unapproved;
    }
    if (check.equals(SENSITIVE)) return skimmer(failure.subject());
    if (check.equals("mixed-content")) return insecureScriptOf(failure.subject());
    String tag = failure.tagKey();
    if (tag == null) return null;
    Ref same = sameDeed(check, tag, failure);
    return same == null ? ofNewTag(tag, result) : same;
  }

  private @Nullable Ref sameDeed(String check, String tag, Failure failure) {
    if (CONSENT.contains(check)) {
      Ref drift = new Ref(DRIFT, tag + " consent");
      return results.containsKey(drift) ? drift : withoutConsent(check, tag);
    }
    if (check.equals("cookie-flags")) {
      Ref drift = new Ref(DRIFT, tag + " cookies");
      CheckResult other = results.get(drift);
      int at = failure.subject().lastIndexOf('@');
      boolean named =
          other != null
              && at > 0
              && other.failure().names().contains(failure.subject().substring(0, at));
      return named ? drift : null;
    }
    if (!check.equals(DRIFT)) return null;
    if (failure.subject().equals(tag + " form reading")) return sensitiveReadOf(tag);
    boolean hosts =
        failure.subject().equals(tag + " hosts")
            || failure.subject().equals(tag + " fourth parties");
    return hosts ? contacts(tag, failure) : null;
  }

  /**
   * A tag that does not wait for the banner is one finding, whatever visitors answer: whichever is
   * open already, or else the graver one. The visits of the other answers show only one of them.
   */
  private @Nullable Ref withoutConsent(String check, String tag) {
    Ref early = new Ref(EARLY, tag);
    Ref afterNo = new Ref(AFTER_NO, tag);
    boolean earlyIsOpen = standing.ofConsent().contains(early);
    boolean afterNoIsOpen = standing.ofConsent().contains(afterNo);
    if (check.equals(AFTER_NO)) {
      boolean told = earlyIsOpen && !afterNoIsOpen && results.containsKey(early);
      return told ? early : null;
    }
    return afterNoIsOpen || (results.containsKey(afterNo) && !earlyIsOpen) ? afterNo : null;
  }

  /** A script that takes to reading such fields and sends to a stranger is one finding. */
  private @Nullable Ref skimmer(String script) {
    for (Contact contact : standing.contacts()) {
      Told told = contact.told();
      if (told == null || !contact.readsToo() || !contact.script().equals(script)) continue;
      boolean critical = told.failure().severity() == Severity.CRITICAL;
      if (critical && isTold(Ref.of(told))) return Ref.of(told);
    }
    return null;
  }

  private @Nullable Ref insecureScriptOf(String host) {
    for (Ref other : results.keySet()) {
      boolean its = other.checkId().equals("script-over-http");
      if (its && host(other.subject()).equals(host)) return other;
    }
    return null;
  }

  private @Nullable Ref sensitiveReadOf(String tag) {
    for (CheckResult other : results.values()) {
      boolean reads = other.check().id().equals(SENSITIVE);
      if (reads && tag.equals(other.failure().tagKey())) return ref(other);
    }
    return null;
  }

  /** The contacts that were found to be as grave, if these are all that left the limits. */
  private @Nullable Ref contacts(String tag, Failure drift) {
    Ref speaker = null;
    for (String name : drift.names()) {
      Contact told = null;
      for (Contact one : standing.contacts()) {
        boolean same = one.tagKey().equals(tag) && one.host().equals(TraitNames.host(name));
        if (same && speaksFor(one, drift)) told = one;
      }
      if (told == null) return null;
      if (told.told() == null) speaker = speaker == null ? NOBODY : speaker;
      else speaker = Ref.of(told.told());
    }
    return speaker;
  }

  private boolean speaksFor(Contact contact, Failure drift) {
    Told told = contact.told();
    if (told == null) return true;
    boolean grave = told.failure().severity().compareTo(drift.severity()) >= 0;
    return grave && isTold(Ref.of(told));
  }

  private boolean isTold(Ref ref) {
    return results.containsKey(ref) || standing.openElsewhere().contains(ref);
  }

  /** A tag that came as a change is one finding until somebody decides about it. */
  private @Nullable Ref ofNewTag(String tag, CheckResult result) {
    Ref cause = standing.causes().get(tag);
    if (cause == null || cause.equals(ref(result))) return null;
    boolean change = ChangeRule.of(result.check().id()) != null;
    if (change || result.check().id().equals(COMPROMISED)) return null;
    return isTold(cause) ? cause : null;
  }

  private static String host(String script) {
    int slash = script.indexOf('/');
    return slash < 0 ? script : script.substring(0, slash);
  }

  /** Names what the others say, and is as grave as the gravest of them. */
  private static CheckResult with(CheckResult speaker, List<CheckResult> heard) {
    if (heard.isEmpty()) return speaker;
    Failure own = speaker.failure();
    Severity severity = own.severity();
    StringBuilder summary = new StringBuilder(own.summary());
    List<String> evidence = new ArrayList<>(own.evidence());
    for (CheckResult other : heard) {
      Failure failure = other.failure();
      boolean graver = failure.severity().compareTo(severity) > 0;
      if (graver) severity = failure.severity();
      boolean theft =
          speaker.check().id().equals(UNAPPROVED) && other.check().id().equals(SENSITIVE);
      if (theft) severity = Severity.CRITICAL;
      boolean property = other.check().id().equals(DRIFT) || other.check().id().equals(SENSITIVE);
      boolean named = graver || property;
      if (named) summary.append(' ').append(failure.summary());
      else if (evidence.size() < MOST_EVIDENCE) evidence.add("Besides: " + failure.summary());
      for (String line : failure.evidence()) {
        boolean told = evidence.contains(line);
        if (named && !told && evidence.size() < MOST_EVIDENCE) evidence.add(line);
      }
    }
    return new CheckResult(
        speaker.check(),
        new Failure(
            own.subject(),
            own.tagKey(),
            severity,
            summary.toString(),
            evidence,
            own.remedy(),
            own.names()));
  }
}
