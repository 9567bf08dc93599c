package org.tagwarden.agent.join;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.observe.Deed;
import org.tagwarden.agent.observe.StorageObserver;
import org.tagwarden.agent.traffic.Hygiene;
import org.tagwarden.report.ConsentChoice;
import org.tagwarden.report.ScriptBehaviour;
import org.tagwarden.report.StackFrame;
import org.tagwarden.report.StorageWrite;

/**
 * What scripts did, with the script that did it: the innermost one on the stack that is no wrapper
 * around the browser's function; or the document, for what stands in it. One record for each place
 * in a script.
 */
final class BehaviourRecords {
  private final Stacks stacks;
  private final long startEpochMs;
  private final @Nullable ConsentChoice choice;
  private final Map<List<Object>, ScriptBehaviour> behaviours = new LinkedHashMap<>();
  private final Map<List<Object>, StorageWrite> storage = new LinkedHashMap<>();

  BehaviourRecords(Stacks stacks, long startEpochMs, @Nullable ConsentChoice choice) {
    this.stacks = stacks;
    this.startEpochMs = startEpochMs;
    this.choice = choice;
  }

  BehaviourRecords add(List<Deed> deeds) {
    for (Deed deed : deeds) {
      StorageWrite.Kind kept = storageKind(deed.kind());
      if (kept == null) behaved(deed);
      else stored(kept, deed);
    }
    return this;
  }

  /** What the browser saw being written and no script was seen to write: plain assignments. */
  BehaviourRecords addUnattributed(List<StorageObserver.Written> items) {
    for (StorageObserver.Written item : items) {
      StorageWrite.Kind kind = item.local() ? StorageWrite.Kind.LOCAL : StorageWrite.Kind.SESSION;
      List<StorageWrite> known =
          storage.values().stream()
              .filter(
                  s ->
                      s.kind() == kind
                          && s.key().equals(item.key())
                          && s.origin().equals(item.origin()))
              .toList();
      if (!known.isEmpty() && !overwritten(known, item)) continue;
      double first = Math.max(0, item.epochMs() - startEpochMs);
      storage.put(
          List.of(kind, item.origin(), item.key()),
          new StorageWrite(
              kind,
              item.origin(),
              item.key(),
              Hygiene.cookieHash(item.value()),
              item.value().length(),
              null,
              null,
              null,
              item.count(),
              first,
              RequestRecords.phase(choice, first)));
    }
    return this;
  }

  /**
   * Whether the last value is none that a script was seen to write. Of a script that wrote often,
   * the last value may not have been told.
   */
  private static boolean overwritten(List<StorageWrite> known, StorageObserver.Written item) {
    String last = Hygiene.cookieHash(item.value());
    return known.stream()
        .allMatch(
            s -> s.count() == 1 && !s.valueSha256().isEmpty() && !s.valueSha256().equals(last));
  }

  List<ScriptBehaviour> behaviours() {
    return behaviours.values().stream()
        .sorted(Comparator.comparingDouble(ScriptBehaviour::firstMs))
        .toList();
  }

  List<StorageWrite> storage() {
    return storage.values().stream()
        .sorted(Comparator.comparingDouble(StorageWrite::firstMs))
        .toList();
  }

  private static StorageWrite.@Nullable Kind storageKind(String kind) {
    for (StorageWrite.Kind known : StorageWrite.Kind.values())
      if (known.name().equals(kind)) return known;
    return null;
  }

  private void behaved(Deed deed) {
    ScriptBehaviour.Kind kind = ScriptBehaviour.Kind.valueOf(deed.kind());
    List<Stacks.Called> called =
        deed.stands().isEmpty() ? stacks.frames(deed.target(), deed.stack()) : List.of();
    StackFrame by =
        deed.stands().isEmpty()
            ? frame(Stacks.asker(called))
            : new StackFrame("", deed.stands(), 0, 0, null, null);
    List<Object> place = new ArrayList<>();
    place.add(kind);
    place.add(deed.detail());
    place.add(by == null ? "" : by);
    place.add(deed.frameId() == null ? deed.target().url() : deed.frameId());
    double first = offset(deed);
    ScriptBehaviour record =
        new ScriptBehaviour(
            kind,
            deed.detail(),
            by == null ? null : by.url(),
            by == null ? null : by.scriptSha256(),
            by == null ? "" : by.function(),
            by == null ? 0 : by.line(),
            by == null ? 0 : by.column(),
            deed.frameId(),
            deed.count(),
            first,
            RequestRecords.phase(choice, first),
            Initiators.plain(called));
    behaviours.merge(place, record, (one, other) -> counted(one, other.count()));
  }

  private void stored(StorageWrite.Kind kind, Deed deed) {
    StackFrame by = frame(Stacks.asker(stacks.frames(deed.target(), deed.stack())));
    String script = by == null ? null : by.url();
    double first = offset(deed);
    boolean text = !deed.value().isEmpty() || deed.length() == 0 && isText(kind);
    StorageWrite record =
        new StorageWrite(
            kind,
            deed.origin(),
            deed.detail(),
            text ? Hygiene.cookieHash(deed.value()) : "",
            deed.length(),
            script,
            by == null ? null : by.scriptSha256(),
            deed.frameId(),
            deed.count(),
            first,
            RequestRecords.phase(choice, first));
    List<Object> place = new ArrayList<>();
    place.add(kind);
    place.add(deed.origin());
    place.add(deed.detail());
    place.add(script == null ? "" : script);
    storage.merge(place, record, (one, other) -> rewritten(one, other));
  }

  /** Web storage holds nothing but text, an empty one too. */
  private static boolean isText(StorageWrite.Kind kind) {
    return kind == StorageWrite.Kind.LOCAL || kind == StorageWrite.Kind.SESSION;
  }

  private double offset(Deed deed) {
    return Math.max(0, deed.epochMs() - startEpochMs);
  }

  private static @Nullable StackFrame frame(Stacks.@Nullable Called called) {
    return called == null ? null : called.frame();
  }

  private static ScriptBehaviour counted(ScriptBehaviour b, int more) {
    return new ScriptBehaviour(
        b.kind(),
        b.detail(),
        b.script(),
        b.scriptSha256(),
        b.function(),
        b.line(),
        b.column(),
        b.frameId(),
        b.count() + more,
        b.firstMs(),
        b.phase(),
        b.stack());
  }

  /** The first time of the one, the last value of the other. */
  private static StorageWrite rewritten(StorageWrite first, StorageWrite later) {
    return new StorageWrite(
        first.kind(),
        first.origin(),
        first.key(),
        later.valueSha256(),
        later.length(),
        first.script(),
        first.scriptSha256(),
        first.frameId(),
        first.count() + later.count(),
        first.firstMs(),
        first.phase());
  }
}
