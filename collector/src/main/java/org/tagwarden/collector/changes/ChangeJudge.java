package org.tagwarden.collector.changes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.changes.Change.Ref;
import org.tagwarden.collector.changes.text.ScriptComparison;
import org.tagwarden.collector.changes.text.ScriptComparison.Version;
import org.tagwarden.collector.changes.text.ScriptText;
import org.tagwarden.collector.checks.CheckResult;
import org.tagwarden.collector.vendors.Hosts;

/**
 * Decides what becomes of a visit's unknown traits, so that one real change is one finding: the
 * cause is the finding, what follows from it (a new tag's hosts and cookies, a changed script's new
 * text) is explained by it. Pure; an instance judges once.
 */
final class ChangeJudge {
  /** A family with new members on so many days of a month, or texts of a script, changes often. */
  private static final int OFTEN = 4;

  private final Scene scene;
  private final Map<String, String> tagByHost;
  private final List<Trait> unknown;
  private final List<Change> changes = new ArrayList<>();
  private final Map<String, Ref> byTag = new HashMap<>();
  private final Map<String, Ref> byScript = new HashMap<>();
  private final Set<String> newTags = new TreeSet<>();
  private final Set<String> newHosts = new TreeSet<>();

  private ChangeJudge(Scene scene) {
    this.scene = scene;
    this.tagByHost = scene.tagByHost();
    this.unknown = scene.unknown();
    for (Trait trait : unknown) {
      if (trait.kind() == TraitKind.TAG) newTags.add(trait.subject());
      if (trait.kind() == TraitKind.HOST) newHosts.add(trait.subject());
    }
  }

  static List<Change> judge(Scene scene) {
    ChangeJudge judge = new ChangeJudge(scene);
    // Causes first: who comes later may be explained by who came before.
    for (Trait trait : judge.of(TraitKind.CONTAINER)) judge.container(trait);
    for (Trait trait : judge.contacts()) judge.contact(trait);
    for (Trait trait : judge.of(TraitKind.TAG)) judge.tag(trait);
    for (Trait trait : judge.of(TraitKind.READ)) judge.deed(trait, ChangeTexts.read(trait));
    for (Trait trait : judge.of(TraitKind.DEED)) judge.deed(trait, ChangeTexts.deed(trait));
    for (Trait trait : judge.of(TraitKind.SCRIPT)) judge.script(trait);
    for (Trait trait : judge.of(TraitKind.INLINE)) judge.inline(trait);
    for (Trait trait : judge.of(TraitKind.FRAME)) judge.other(trait);
    for (Trait trait : judge.of(TraitKind.HOST)) judge.other(trait);
    for (Trait trait : judge.of(TraitKind.COOKIE)) judge.other(trait);
    for (Trait trait : judge.of(TraitKind.STORAGE)) judge.other(trait);
    for (Trait trait : judge.of(TraitKind.HEADER)) judge.other(trait);
    for (Trait trait : judge.of(TraitKind.ALIAS)) judge.other(trait);
    return List.copyOf(judge.changes);
  }

  private List<Trait> of(TraitKind kind) {
    return unknown.stream().filter(trait -> trait.kind() == kind).toList();
  }

  /** The worst first, so that it explains the others. */
  private List<Trait> contacts() {
    return of(TraitKind.CONTACT).stream()
        .sorted(Comparator.comparing(this::sendsToStranger).reversed())
        .toList();
  }

  private boolean sendsToStranger(Trait contact) {
    return contact.facts().sends() && newHosts.contains(contact.value());
  }

  private void container(Trait trait) {
    Known before = before(trait);
    if (before == null || scene.learning()) {
      learn(trait);
      return;
    }
    List<String> came = new ArrayList<>();
    for (String tag : newTags) came.add(tag);
    Told told = ChangeTexts.container(trait, before, came);
    finding(trait, before, told);
    // Its text is another one, of course; what it brings is told of its own.
    for (Trait script : unknown) {
      boolean its = trait.subject().equals(script.tagKey());
      if (its && script.kind() == TraitKind.SCRIPT) byScript.put(script.subject(), Ref.of(told));
    }
  }

  private void contact(Trait trait) {
    String tag = tagByHost.get(trait.value());
    boolean stranger = newHosts.contains(trait.value());
    boolean skims = sendsToStranger(trait) && scene.readsSecrets(trait.subject());
    boolean known = scriptIsKnown(trait.subject());
    if (scene.approved(tag) && tag != null && newTags.contains(tag)) {
      quiet(trait, "What it contacts is approved.");
    } else if (scene.learning() && !(skims && known)) {
      learn(trait);
    } else if (tag != null && newTags.contains(tag) && checked(tag) != null) {
      explained(trait, checked(tag));
    } else if (!known) {
      explainedOrQuiet(trait, ownerOf(trait), "It comes with a script that is new.");
    } else if (!skims && often(trait)) {
      quiet(trait, "This script contacts new hosts all the time.");
    } else {
      Told told = ChangeTexts.contact(trait, stranger);
      finding(trait, null, told);
      byScript.putIfAbsent(trait.subject(), Ref.of(told));
      if (tag != null && newTags.contains(tag)) byTag.putIfAbsent(tag, Ref.of(told));
    }
  }

  private boolean scriptIsKnown(String script) {
    if (script.startsWith(VisitTraits.INLINE_OF)) return !scene.firstVisit();
    return scene.past().knows(TraitKind.SCRIPT, script);
  }

  private void tag(Trait trait) {
    String key = trait.subject();
    Ref checked = checked(key);
    if (scene.learning()) learn(trait);
    else if (byTag.containsKey(key)) explained(trait, byTag.get(key));
    else if (scene.approved(key)) quiet(trait, "It is approved.");
    else if (checked != null) {
      byTag.put(key, checked);
      explained(trait, checked);
    } else {
      Told told = ChangeTexts.thirdParty(trait);
      finding(trait, null, told);
      byTag.put(key, Ref.of(told));
    }
  }

  /** The finding of a check about that tag, scripts nobody approved first. */
  private @Nullable Ref checked(String tagKey) {
    Ref any = null;
    for (CheckResult result : scene.examination().results()) {
      if (!tagKey.equals(result.failure().tagKey())) continue;
      Ref ref = new Ref(result.check().id(), result.failure().subject());
      if (ref.checkId().equals("unapproved-script")) return ref;
      if (any == null) any = ref;
    }
    return any;
  }

  private void deed(Trait trait, Told told) {
    String script = trait.subject();
    if (!known(trait)) return;
    if (byScript.containsKey(script)) {
      explained(trait, byScript.get(script));
      return;
    }
    Ref checked = checkedNow("sensitive-field-read", script);
    if (trait.kind() == TraitKind.READ && checked != null) {
      explained(trait, checked);
      byScript.put(script, checked);
      return;
    }
    finding(trait, null, told);
    byScript.put(script, Ref.of(told));
  }

  /** False, with the trait settled, when it is learned or comes with something new. */
  private boolean known(Trait trait) {
    if (scene.learning() || (scene.newPage() && trait.kind().variesByPage())) {
      learn(trait);
      return false;
    }
    String tag = trait.tagKey();
    if (tag != null && newTags.contains(tag)) {
      explainedOrQuiet(trait, byTag.get(tag), "It comes with an approved tag that is new.");
      return false;
    }
    boolean byScriptItself =
        trait.kind() == TraitKind.READ || trait.kind() == TraitKind.DEED;
    if (byScriptItself && !scriptIsKnown(trait.subject())) {
      explainedOrQuiet(trait, ownerOf(trait), "It comes with a script that is new.");
      return false;
    }
    return true;
  }

  private @Nullable Ref ownerOf(Trait trait) {
    String script = trait.subject();
    if (byScript.containsKey(script)) return byScript.get(script);
    String tag = trait.tagKey();
    if (tag == null) return null;
    return byTag.containsKey(tag) ? byTag.get(tag) : checked(tag);
  }

  private void script(Trait trait) {
    if (!known(trait)) return;
    Known before = before(trait);
    Ref root = byScript.get(trait.subject());
    if (root != null) {
      explained(trait, before, root);
    } else if (before == null && trait.tagKey() != null) {
      explainedOrQuiet(
          trait, checked(trait.tagKey()), "It belongs to a tag that is known here.");
    } else {
      ScriptComparison comparison = before == null ? null : compared(trait);
      boolean more =
          comparison != null && comparison.verdict() == ScriptComparison.Verdict.BEHAVIOUR;
      if (!more && scene.past().family(trait, scene.pageId()).visits() >= OFTEN) {
        changes.add(Change.quiet(trait, before, OFTEN_CHANGED));
        return;
      }
      Told told = ChangeTexts.script(trait, before, comparison);
      changes.add(Change.finding(trait, before, told));
      byScript.put(trait.subject(), Ref.of(told));
    }
  }

  static final String OFTEN_CHANGED = "This script changes often.";

  /** Compared with all that is accepted of this script; null when its texts are not known. */
  private @Nullable ScriptComparison compared(Trait trait) {
    ScriptText now = scene.text(trait);
    Set<String> hosts = new TreeSet<>();
    Set<String> constructs = new TreeSet<>();
    ScriptText any = null;
    for (Known known : scene.past().others(trait, scene.pageId())) {
      ScriptText text = known.sha256() == null ? null : scene.past().texts().get(known.sha256());
      if (text == null || known.open()) continue;
      any = text;
      hosts.addAll(text.hosts());
      constructs.addAll(text.constructs());
    }
    if (now == null || any == null) return null;
    Version before = new Version("before", any, hosts, constructs);
    return ScriptComparison.of(before, new Version("now", now, Set.of(), Set.of()));
  }

  private void inline(Trait trait) {
    if (!known(trait)) return;
    String inserter = trait.facts().script();
    Ref root = inserter == null ? null : byScript.get(inserter);
    String own = VisitTraits.INLINE_OF + Hosts.of(scene.page());
    if (root == null) root = byScript.get(own);
    if (root != null) {
      explained(trait, root);
      return;
    }
    ScriptText text = scene.text(trait);
    List<String> hosts = new ArrayList<>();
    List<String> constructs = new ArrayList<>();
    if (text != null) {
      for (String host : text.hosts()) if (isStranger(host)) hosts.add(host);
      constructs.addAll(text.constructs());
    }
    if (hosts.isEmpty() && constructs.isEmpty() && often(trait)) {
      quiet(trait, "The inline scripts of this page change often.");
      return;
    }
    Told told = ChangeTexts.inline(trait, scene.page(), hosts, constructs);
    finding(trait, null, told);
    byScript.putIfAbsent(own, Ref.of(told));
  }

  /** A host that no tag of this visit is known by. */
  private boolean isStranger(String host) {
    boolean known =
        tagByHost.containsKey(host) && !newHosts.contains(host);
    return !known && !host.equals(Hosts.of(scene.page()));
  }

  private void other(Trait trait) {
    if (!known(trait)) return;
    Known before = before(trait);
    Ref root = root(trait);
    if (root != null) {
      explained(trait, before, root);
      return;
    }
    if (before == null && isFirstOfItsKind(trait.kind())) {
      learn(trait);
      return;
    }
    if (before == null && often(trait)) {
      quiet(trait, "There is a new one all the time.");
      return;
    }
    finding(trait, before, worded(trait, before));
  }

  /** A header of a new page, an alias that was never looked up before: nothing to compare with. */
  private static boolean isFirstOfItsKind(TraitKind kind) {
    return kind == TraitKind.HEADER || kind == TraitKind.ALIAS;
  }

  private @Nullable Ref root(Trait trait) {
    String script = trait.facts().script();
    if (script != null && byScript.containsKey(script)) return byScript.get(script);
    return switch (trait.kind()) {
      case HOST -> contactOf(trait.subject());
      case COOKIE -> checkedNow("cookie-flags", trait.subject());
      case HEADER -> {
        Ref missing = checkedNow("security-headers", trait.subject());
        yield missing != null
            ? missing
            : checkedNow("content-policy", trait.subject() + " script-src");
      }
      default -> null;
    };
  }

  private @Nullable Ref contactOf(String host) {
    for (Change change : changes) {
      boolean its = change.trait().kind() == TraitKind.CONTACT && change.trait().value().equals(host);
      if (its && change.explainedBy() != null) return change.explainedBy();
      if (change.trait().kind() == TraitKind.FRAME
          && host.equals(change.trait().facts().host())
          && change.explainedBy() != null) {
        return change.explainedBy();
      }
    }
    return null;
  }

  /** A check's finding that this visit opens. */
  private @Nullable Ref checkedNow(String checkId, String subject) {
    for (CheckResult result : scene.examination().results()) {
      boolean same =
          result.check().id().equals(checkId) && result.failure().subject().equals(subject);
      if (same && !scene.past().openFindings().contains(checkId + "\n" + subject)) {
        return new Ref(checkId, subject);
      }
    }
    return null;
  }

  private static Told worded(Trait trait, @Nullable Known before) {
    return switch (trait.kind()) {
      case HOST -> ChangeTexts.host(trait);
      case FRAME -> ChangeTexts.frame(trait);
      case COOKIE -> ChangeTexts.cookie(trait, before);
      case STORAGE -> ChangeTexts.storage(trait);
      case HEADER -> ChangeTexts.header(trait, required(before));
      case ALIAS -> ChangeTexts.alias(trait, required(before));
      default -> throw new IllegalStateException("Judged elsewhere: " + trait.kind());
    };
  }

  private static Known required(@Nullable Known before) {
    if (before == null) throw new IllegalStateException("Nothing to compare with");
    return before;
  }

  private @Nullable Known before(Trait trait) {
    return scene.past().baseline(trait, scene.pageId());
  }

  private boolean often(Trait trait) {
    return scene.past().family(trait, scene.pageId()).days() >= OFTEN;
  }

  private void learn(Trait trait) {
    changes.add(Change.learned(trait));
  }

  private void quiet(Trait trait, String note) {
    changes.add(Change.quiet(trait, null, note));
  }

  private void explained(Trait trait, Ref by) {
    explained(trait, null, by);
  }

  private void explained(Trait trait, @Nullable Known before, Ref by) {
    changes.add(Change.explained(trait, before, by));
  }

  private void explainedOrQuiet(Trait trait, @Nullable Ref by, String note) {
    if (by != null) explained(trait, by);
    else quiet(trait, note);
  }

  private void finding(Trait trait, @Nullable Known before, Told told) {
    changes.add(Change.finding(trait, before, told));
  }
}
