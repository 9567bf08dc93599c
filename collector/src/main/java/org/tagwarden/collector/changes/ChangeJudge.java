package org.tagwarden.collector.changes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.changes.Change.Ref;
import org.tagwarden.collector.changes.text.ScriptComparison;
import org.tagwarden.collector.changes.text.ScriptComparison.Version;
import org.tagwarden.collector.changes.text.ScriptText;
import org.tagwarden.collector.vendors.Hosts;

/**
 * Decides what becomes of a visit's unknown traits, so that one real change is one finding: the
 * cause is the finding, what follows from it (a new tag's hosts and cookies, a changed script's new
 * text) is explained by it. Pure; an instance judges once.
 */
final class ChangeJudge {
  private final Scene scene;
  private final Verdicts verdicts;

  private ChangeJudge(Scene scene) {
    this.scene = scene;
    this.verdicts = new Verdicts(scene);
  }

  /** Causes first: who comes later may be explained by who came before. */
  static List<Change> judge(Scene scene) {
    ChangeJudge judge = new ChangeJudge(scene);
    Verdicts verdicts = judge.verdicts;
    for (Trait trait : judge.contacts()) judge.contact(trait);
    for (Trait trait : verdicts.of(TraitKind.TAG)) judge.tag(trait);
    for (Trait trait : verdicts.of(TraitKind.CONTAINER)) judge.container(trait);
    for (Trait trait : verdicts.of(TraitKind.READ)) judge.deed(trait, ChangeTexts.read(trait));
    for (Trait trait : verdicts.of(TraitKind.DEED)) judge.deed(trait, ChangeTexts.deed(trait));
    for (Trait trait : verdicts.of(TraitKind.SCRIPT)) judge.script(trait);
    for (Trait trait : verdicts.of(TraitKind.INLINE)) judge.inline(trait);
    new PlainTraits(verdicts).judge();
    return List.copyOf(verdicts.changes);
  }

  private void container(Trait trait) {
    Known before = verdicts.before(trait);
    if (before == null || scene.learning()) {
      verdicts.learn(trait);
      return;
    }
    Ref ref = verdicts.broughtBy(trait.tagKey());
    if (ref == null) {
      List<String> came = List.copyOf(verdicts.newTags);
      Told told = ChangeTexts.container(trait, before, came, named(trait));
      ref = verdicts.finding(trait, before, told);
    } else verdicts.explained(trait, before, ref);
    // Its text is another one, of course.
    for (Trait script : verdicts.of(TraitKind.SCRIPT)) {
      boolean its = trait.tagKey() != null && trait.tagKey().equals(script.tagKey());
      if (its) verdicts.brings.put(script.subject(), ref);
    }
  }

  /** What the container's new text names and the one before did not; null when unknown. */
  private ChangeTexts.@Nullable Named named(Trait container) {
    Set<String> now = new TreeSet<>();
    Set<String> then = new TreeSet<>();
    boolean compared = false;
    for (Trait script : verdicts.of(TraitKind.SCRIPT)) {
      Known known = verdicts.before(script);
      String sha256 = known == null ? null : known.sha256();
      ScriptText text = scene.text(script);
      ScriptText old = sha256 == null ? null : scene.past().texts().get(sha256);
      boolean its = container.tagKey() != null && container.tagKey().equals(script.tagKey());
      if (!its || text == null || old == null) continue;
      compared = true;
      now.addAll(text.hosts());
      then.addAll(old.hosts());
    }
    if (!compared) return null;
    Set<String> newly = new TreeSet<>(now);
    newly.removeAll(then);
    then.removeAll(now);
    return new ChangeTexts.Named(newly, then);
  }

  /** The worst first, so that it explains the others. */
  private List<Trait> contacts() {
    return verdicts.of(TraitKind.CONTACT).stream()
        .sorted(Comparator.comparing(this::sendsToStranger).reversed())
        .toList();
  }

  private boolean sendsToStranger(Trait contact) {
    return contact.facts().sends() && verdicts.newHosts.contains(contact.value());
  }

  private void contact(Trait trait) {
    String tag = verdicts.tagByHost.get(trait.value());
    boolean newTag = tag != null && verdicts.newTags.contains(tag);
    boolean known = verdicts.scriptIsKnown(trait.subject());
    boolean skims = sendsToStranger(trait) && scene.readsSecrets(trait.subject());
    // Card numbers that go to a stranger are graver than a script of his that nobody approved.
    Ref checked = newTag && !skims ? verdicts.checked(tag) : null;
    if (checked == null && !sendsToStranger(trait)) checked = verdicts.drift(trait);
    // A new script of the site itself may well be the skimmer.
    boolean comesWithScript = !known && !(trait.tagKey() == null && sendsToStranger(trait));
    if (scene.learning() && !(skims && known)) {
      verdicts.learn(trait);
    } else if (newTag && scene.approved(tag)) {
      verdicts.quiet(trait, null, "What it contacts is approved.");
    } else if (checked != null) {
      verdicts.explained(trait, null, checked);
      if (newTag) verdicts.byTag.putIfAbsent(tag, checked);
      verdicts.brings.putIfAbsent(trait.subject(), checked);
    } else if (comesWithScript) {
      Ref owner = verdicts.ownerOf(trait);
      verdicts.explainedOrQuiet(trait, owner, "It comes with a script that is new.");
      if (newTag && owner != null) verdicts.byTag.putIfAbsent(tag, owner);
    } else if (verdicts.skimmers.contains(trait.subject()) && !sendsToStranger(trait)) {
      verdicts.explained(trait, null, verdicts.byScript.get(trait.subject()));
    } else if (!skims && verdicts.often(trait)) {
      verdicts.quiet(trait, null, "This script contacts new hosts all the time.");
    } else {
      boolean stranger = verdicts.newHosts.contains(trait.value());
      Ref ref = verdicts.finding(trait, null, ChangeTexts.contact(trait, stranger));
      verdicts.byScript.putIfAbsent(trait.subject(), ref);
      if (sendsToStranger(trait)) verdicts.skimmers.add(trait.subject());
      if (newTag) verdicts.byTag.putIfAbsent(tag, ref);
    }
  }

  private void tag(Trait trait) {
    String key = trait.subject();
    Ref cause = verdicts.byTag.get(key);
    if (cause != null) verdicts.explained(trait, null, cause);
    else if (scene.learning()) verdicts.learn(trait);
    else if (scene.approved(key)) verdicts.quiet(trait, null, "It is approved.");
    else {
      Ref checked = verdicts.checked(key);
      if (checked == null) {
        verdicts.byTag.put(key, verdicts.finding(trait, null, ChangeTexts.thirdParty(trait)));
      } else {
        verdicts.byTag.put(key, checked);
        verdicts.explained(trait, null, checked);
      }
    }
    Ref told = verdicts.byTag.get(key);
    if (told != null) verdicts.noteBringers(key, told);
  }

  private void deed(Trait trait, Told told) {
    if (!verdicts.isChange(trait)) return;
    String script = trait.subject();
    Ref cause = verdicts.byScript.get(script);
    if (cause == null && trait.kind() == TraitKind.READ) cause = verdicts.sensitiveRead(script);
    if (cause == null) cause = verdicts.drift(trait);
    if (cause == null) cause = verdicts.finding(trait, null, told);
    else verdicts.explained(trait, null, cause);
    verdicts.byScript.put(script, cause);
  }

  private void script(Trait trait) {
    Ref skimmer = verdicts.byScript.get(trait.subject());
    if (scene.learning() && skimmer != null) {
      // People want to see what it did to the text, also of a script that is still being learned.
      verdicts.explained(trait, verdicts.before(trait), skimmer);
      return;
    }
    if (!verdicts.isChange(trait)) return;
    Known before = verdicts.before(trait);
    Ref cause = verdicts.causeOf(trait.subject());
    if (cause != null) {
      verdicts.explained(trait, before, cause);
      return;
    }
    if (before == null && trait.tagKey() != null) {
      Ref checked = verdicts.checked(trait.tagKey());
      verdicts.explainedOrQuiet(trait, checked, "It belongs to a tag that is known here.");
      return;
    }
    ScriptComparison comparison = before == null ? null : compared(trait);
    boolean more = comparison != null && comparison.verdict() == ScriptComparison.Verdict.BEHAVIOUR;
    if (!more && verdicts.family(trait).visits() >= Verdicts.OFTEN) {
      verdicts.quiet(trait, before, ChangeWatch.OFTEN_CHANGED);
      return;
    }
    Told told = ChangeTexts.script(trait, before, comparison);
    verdicts.byScript.put(trait.subject(), verdicts.finding(trait, before, told));
  }

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
    if (!verdicts.isChange(trait)) return;
    String inserter = trait.facts().script();
    Ref cause = inserter == null ? null : verdicts.causeOf(inserter);
    String own = VisitTraits.INLINE_OF + Hosts.of(scene.page());
    if (cause == null) cause = verdicts.causeOf(own);
    if (cause != null) {
      verdicts.explained(trait, null, cause);
      return;
    }
    ScriptText text = scene.text(trait);
    List<String> hosts = new ArrayList<>();
    List<String> constructs = new ArrayList<>();
    if (text != null) {
      for (String host : text.hosts()) if (isStranger(host)) hosts.add(host);
      constructs.addAll(text.constructs());
    }
    if (hosts.isEmpty() && constructs.isEmpty() && verdicts.often(trait)) {
      verdicts.quiet(trait, null, "The inline scripts of this page change often.");
      return;
    }
    Told told = ChangeTexts.inline(trait, scene.page(), hosts, constructs);
    verdicts.byScript.putIfAbsent(own, verdicts.finding(trait, null, told));
  }

  /** A host that no tag of this visit is known by. */
  private boolean isStranger(String host) {
    boolean known = verdicts.tagByHost.containsKey(host) && !verdicts.newHosts.contains(host);
    return !known && !host.equals(Hosts.of(scene.page()));
  }
}
