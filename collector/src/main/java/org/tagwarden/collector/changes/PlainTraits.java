package org.tagwarden.collector.changes;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.changes.Change.Ref;

/**
 * Judges what explains nothing but itself: frames, hosts, cookies, stored items, headers, aliases.
 * Comes after the scripts and tags, which may explain them.
 */
final class PlainTraits {
  private static final List<TraitKind> KINDS =
      List.of(
          TraitKind.FRAME,
          TraitKind.HOST,
          TraitKind.COOKIE,
          TraitKind.STORAGE,
          TraitKind.HEADER,
          TraitKind.ALIAS);

  private final Verdicts verdicts;

  PlainTraits(Verdicts verdicts) {
    this.verdicts = verdicts;
  }

  void judge() {
    for (TraitKind kind : KINDS) for (Trait trait : verdicts.of(kind)) judge(trait);
  }

  private void judge(Trait trait) {
    if (!verdicts.isChange(trait)) return;
    Known before = verdicts.before(trait);
    Ref cause = cause(trait);
    if (cause != null) verdicts.explained(trait, before, cause);
    else if (before == null && isFirstOfItsKind(trait.kind())) verdicts.learn(trait);
    else if (before == null && verdicts.often(trait)) {
      verdicts.quiet(trait, null, "There is a new one all the time.");
    } else verdicts.finding(trait, before, worded(trait, before));
  }

  /** A header of a new page, an alias that was never looked up before: nothing to compare with. */
  private static boolean isFirstOfItsKind(TraitKind kind) {
    return kind == TraitKind.HEADER || kind == TraitKind.ALIAS;
  }

  private @Nullable Ref cause(Trait trait) {
    String script = trait.facts().script();
    Ref bringer = script == null ? null : verdicts.causeOf(script);
    if (bringer != null) return bringer;
    Ref drift = verdicts.drift(trait);
    if (drift != null) return drift;
    return switch (trait.kind()) {
      case HOST -> reachedBy(trait.subject());
      case FRAME -> verdicts.newScriptOf(trait.tagKey());
      case ALIAS -> {
        Ref cloaked = verdicts.checkedNow("cloaked-vendor", trait.subject());
        yield cloaked != null ? cloaked : verdicts.checkedNow("dangling-alias", trait.subject());
      }
      case COOKIE -> verdicts.checkedNow("cookie-flags", trait.subject());
      case HEADER -> {
        Ref missing = verdicts.checkedNow("security-headers", trait.subject());
        yield missing != null
            ? missing
            : verdicts.checkedNow("weak-content-policy", trait.subject() + " script-src");
      }
      default -> null;
    };
  }

  /** What tells of the script or frame that brought the host. */
  private @Nullable Ref reachedBy(String host) {
    for (Change change : verdicts.changes) {
      Trait trait = change.trait();
      boolean contact = trait.kind() == TraitKind.CONTACT && trait.value().equals(host);
      boolean frame = trait.kind() == TraitKind.FRAME && host.equals(trait.facts().host());
      if ((contact || frame) && change.explainedBy() != null) return change.explainedBy();
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
}
