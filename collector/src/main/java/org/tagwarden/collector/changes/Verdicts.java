package org.tagwarden.collector.changes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.changes.Change.Ref;
import org.tagwarden.collector.checks.CheckResult;

/** What was decided so far about a visit's unknown traits, and which findings explain others. */
final class Verdicts {
  /** A family with new members on so many days of a month, or texts of a script, changes often. */
  static final int OFTEN = ChangeWatch.OFTEN;

  final Scene scene;
  final Map<String, String> tagByHost;
  final List<Change> changes = new ArrayList<>();
  final Map<String, Ref> byTag = new HashMap<>();
  final Map<String, Ref> byScript = new HashMap<>();

  /** What a script newly brings tells of its other text; not of what it does besides. */
  final Map<String, Ref> brings = new HashMap<>();

  /** Scripts that send data to a host which the site did not know. */
  final Set<String> skimmers = new HashSet<>();

  final Set<String> newTags = new TreeSet<>();
  final Set<String> newHosts = new TreeSet<>();
  private final List<Trait> unknown;

  Verdicts(Scene scene) {
    this.scene = scene;
    this.tagByHost = scene.tagByHost();
    this.unknown = scene.unknown();
    for (Trait trait : unknown) {
      if (trait.kind() == TraitKind.TAG) newTags.add(trait.subject());
      if (trait.kind() == TraitKind.HOST) newHosts.add(trait.subject());
    }
  }

  List<Trait> of(TraitKind kind) {
    return unknown.stream().filter(trait -> trait.kind() == kind).toList();
  }

  boolean scriptIsKnown(String script) {
    if (script.startsWith(VisitTraits.INLINE_OF)) return !scene.firstVisit();
    return scene.past().knows(TraitKind.SCRIPT, script);
  }

  /** False, with the trait settled, when it is learned or comes with something new. */
  boolean isChange(Trait trait) {
    if (scene.learning() || (scene.newPage() && trait.kind().variesByPage())) {
      learn(trait);
      return false;
    }
    String tag = trait.tagKey();
    if (tag != null && newTags.contains(tag)) {
      explainedOrQuiet(trait, byTag.get(tag), "It comes with an approved tag that is new.");
      return false;
    }
    boolean deed = trait.kind() == TraitKind.READ || trait.kind() == TraitKind.DEED;
    if (deed && !scriptIsKnown(trait.subject())) {
      explainedOrQuiet(trait, ownerOf(trait), "It comes with a script that is new.");
      return false;
    }
    return true;
  }

  /** What tells that this script is another one. */
  @Nullable Ref causeOf(String script) {
    Ref cause = byScript.get(script);
    return cause == null ? brings.get(script) : cause;
  }

  /** Whoever newly contacts the tag brought it. */
  void noteBringers(String tagKey, Ref told) {
    for (Trait contact : of(TraitKind.CONTACT)) {
      if (tagKey.equals(tagByHost.get(contact.value()))) {
        brings.putIfAbsent(contact.subject(), told);
      }
    }
  }

  /** The finding of a new tag that this tag loaded, or of what its own scripts newly contact. */
  @Nullable Ref broughtBy(@Nullable String tagKey) {
    if (tagKey == null) return null;
    for (Trait tag : of(TraitKind.TAG)) {
      Ref told = tagKey.equals(tag.facts().script()) ? byTag.get(tag.subject()) : null;
      if (told != null) return told;
    }
    for (Trait script : of(TraitKind.SCRIPT)) {
      Ref told = tagKey.equals(script.tagKey()) ? causeOf(script.subject()) : null;
      if (told != null) return told;
    }
    return null;
  }

  /** What tells that this script reads payment or sign-in fields. */
  @Nullable Ref sensitiveRead(String script) {
    Ref read = checkedNow("sensitive-field-read", script);
    boolean unapproved = read != null && fails("unapproved-script", script);
    return unapproved ? new Ref("unapproved-script", script) : read;
  }

  private boolean fails(String checkId, String subject) {
    return scene.examination().results().stream()
        .anyMatch(r -> r.check().id().equals(checkId) && r.failure().subject().equals(subject));
  }

  /** A script of the tag that nobody approved and that is new on this visit. */
  @Nullable Ref newScriptOf(@Nullable String tagKey) {
    for (CheckResult result : scene.examination().results()) {
      boolean its = tagKey != null && tagKey.equals(result.failure().tagKey());
      if (!its || !result.check().id().equals("unapproved-script")) continue;
      Ref ref = checkedNow("unapproved-script", result.failure().subject());
      if (ref != null) return ref;
    }
    return null;
  }

  /** What tells of the script, or of the tag that the trait belongs to. */
  @Nullable Ref ownerOf(Trait trait) {
    Ref script = byScript.get(trait.subject());
    if (script != null) return script;
    String tag = trait.tagKey();
    if (tag == null) return null;
    return byTag.containsKey(tag) ? byTag.get(tag) : checked(tag);
  }

  /** What tells that nobody let that tag in. Its other faults are told with it, see OneVoice. */
  @Nullable Ref checked(String tagKey) {
    Ref unapproved = null;
    for (CheckResult result : scene.examination().results()) {
      if (!tagKey.equals(result.failure().tagKey())) continue;
      Ref ref = new Ref(result.check().id(), result.failure().subject());
      if (ref.checkId().equals(OneVoice.COMPROMISED)) return ref;
      if (unapproved == null && ref.checkId().equals(OneVoice.UNAPPROVED)) unapproved = ref;
    }
    return unapproved;
  }

  /** A check's finding that this visit opens. */
  @Nullable Ref checkedNow(String checkId, String subject) {
    for (CheckResult result : scene.examination().results()) {
      boolean same =
          result.check().id().equals(checkId) && result.failure().subject().equals(subject);
      if (same && !scene.past().openFindings().contains(checkId + "\n" + subject)) {
        return new Ref(checkId, subject);
      }
    }
    return null;
  }

  /** The finding that the tag left its authorization's limits in this property. */
  @Nullable Ref drift(Trait trait) {
    List<String> properties =
        switch (trait.kind()) {
          case CONTACT -> List.of("hosts", "fourth parties");
          case HOST -> List.of("hosts");
          case COOKIE -> List.of("cookies", "cookie lifetime");
          case STORAGE -> List.of("storage");
          case READ -> List.of("form reading");
          case DEED -> List.of("fingerprinting", "device", "form reading");
          default -> List.of();
        };
    for (String property : properties) {
      Ref drift = checkedNow("envelope-drift", trait.tagKey() + " " + property);
      if (drift != null) return drift;
    }
    return null;
  }

  @Nullable Known before(Trait trait) {
    return scene.past().baseline(trait, scene.pageId());
  }

  Past.Family family(Trait trait) {
    return scene.past().family(trait, scene.pageId());
  }

  boolean often(Trait trait) {
    return family(trait).days() >= OFTEN;
  }

  void learn(Trait trait) {
    changes.add(Change.learned(trait));
  }

  void quiet(Trait trait, @Nullable Known before, String note) {
    changes.add(Change.quiet(trait, before, note));
  }

  void explained(Trait trait, @Nullable Known before, Ref by) {
    changes.add(Change.explained(trait, before, by));
  }

  void explainedOrQuiet(Trait trait, @Nullable Ref by, String note) {
    if (by != null) explained(trait, null, by);
    else quiet(trait, null, note);
  }

  Ref finding(Trait trait, @Nullable Known before, Told told) {
    changes.add(Change.finding(trait, before, told));
    return Ref.of(told);
  }
}
