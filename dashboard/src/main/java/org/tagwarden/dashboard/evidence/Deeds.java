package org.tagwarden.dashboard.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.ConsentPhase;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.ScriptBehaviour;

/**
 * What the scripts of one owner did.
 *
 * @param deeds the worth knowing first, in the order of {@link ScriptBehaviour.Kind}
 */
public record Deeds(Doer by, List<Deed> deeds) {
  private static final int MOST_DETAILS = 8;

  /**
   * One kind of thing that one script did.
   *
   * @param objects what it was done to, as far as that says more than the words
   * @param more how many further objects there were
   * @param script null when nobody could tell
   * @param early whether it first happened before the visitor's choice
   */
  public record Deed(
      ScriptBehaviour.Kind kind,
      String words,
      List<String> objects,
      int more,
      int count,
      @Nullable String script,
      int line,
      boolean early) {}

  private record Key(ScriptBehaviour.Kind kind, @Nullable String script, @Nullable String sha256) {}

  /** Third parties first, then the site itself. */
  static List<Deeds> of(PageVisit visit, Doers doers) {
    Map<Doer, Map<Key, List<ScriptBehaviour>>> grouped = new LinkedHashMap<>();
    for (ScriptBehaviour behaviour : visit.behaviours()) {
      Doer by = doers.ofScript(behaviour.script(), behaviour.scriptSha256());
      Key key = new Key(behaviour.kind(), behaviour.script(), behaviour.scriptSha256());
      grouped
          .computeIfAbsent(by, d -> new LinkedHashMap<>())
          .computeIfAbsent(key, k -> new ArrayList<>())
          .add(behaviour);
    }
    List<Deeds> all = new ArrayList<>();
    grouped.forEach((by, deeds) -> all.add(new Deeds(by, sorted(deeds))));
    all.sort((a, b) -> Boolean.compare(b.by().isTag(), a.by().isTag()));
    return all;
  }

  private static List<Deed> sorted(Map<Key, List<ScriptBehaviour>> deeds) {
    List<Deed> sorted = new ArrayList<>();
    deeds.forEach((key, same) -> sorted.add(deed(key, same)));
    sorted.sort((a, b) -> a.kind().compareTo(b.kind()));
    return sorted;
  }

  private static Deed deed(Key key, List<ScriptBehaviour> same) {
    Set<String> objects = new LinkedHashSet<>();
    int count = 0;
    ScriptBehaviour first = same.get(0);
    for (ScriptBehaviour one : same) {
      if (!one.detail().isEmpty()) objects.add(one.detail());
      count += one.count();
      if (one.firstMs() < first.firstMs()) first = one;
    }
    return new Deed(
        key.kind(),
        words(key.kind()),
        objects.stream().limit(MOST_DETAILS).toList(),
        Math.max(0, objects.size() - MOST_DETAILS),
        count,
        key.script(),
        first.line(),
        first.phase() == ConsentPhase.BEFORE_CHOICE);
  }

  /** What it did, without "it". */
  public static String words(ScriptBehaviour.Kind kind) {
    return switch (kind) {
      case FIELD_READ -> "Read form fields";
      case KEY_LISTENER -> "Listens to keys or input";
      case CANVAS_READ -> "Read out a canvas";
      case WEBGL_READ -> "Asked WebGL what tells devices apart";
      case AUDIO_READ -> "Rendered audio and read it out";
      case COOKIE_READ -> "Read cookies";
      case COOKIE_WRITE -> "Wrote cookies";
      case CLIPBOARD -> "Used the clipboard";
      case GEOLOCATION -> "Asked where the visitor is";
      case PERMISSION -> "Asked for a permission or device";
      case PEER_CONNECTION -> "Opened a peer connection, past every proxy";
    };
  }
}
