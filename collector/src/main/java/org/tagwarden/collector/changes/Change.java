package org.tagwarden.collector.changes;

import org.jspecify.annotations.Nullable;

/**
 * What became of an unknown trait.
 *
 * @param told the finding that it is; null for none of its own
 * @param explainedBy the finding that tells of it, its own or another one; null for none
 * @param before what stood there until now; null for a trait whose subject is new
 * @param note for people: why it is no finding of its own
 * @param logged whether people are shown the change; what is learned about a new page is not one
 */
record Change(
    Trait trait,
    @Nullable Told told,
    @Nullable Ref explainedBy,
    @Nullable Known before,
    String note,
    boolean logged) {
  /** A finding. */
  record Ref(String checkId, String subject) {
    static Ref of(Told told) {
      return new Ref(told.rule().id(), told.failure().subject());
    }
  }

  static Change learned(Trait trait) {
    return new Change(trait, null, null, null, "", false);
  }

  static Change quiet(Trait trait, @Nullable Known before, String note) {
    return new Change(trait, null, null, before, note, true);
  }

  static Change explained(Trait trait, @Nullable Known before, Ref by) {
    return new Change(trait, null, by, before, "", true);
  }

  static Change finding(Trait trait, @Nullable Known before, Told told) {
    return new Change(trait, told, Ref.of(told), before, "", true);
  }
}
