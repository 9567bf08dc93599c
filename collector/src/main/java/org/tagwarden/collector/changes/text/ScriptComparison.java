package org.tagwarden.collector.changes.text;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What differs between two versions of a script, by three comparisons: bytes, text without what is
 * volatile, behaviour. Only what is new counts as behaviour: a script that does less worries
 * nobody.
 *
 * @param newHosts contacted, or named in the text, and not before
 * @param newDeeds what it does, or can do, and could not before: "reads payment fields", "eval"
 */
public record ScriptComparison(Verdict verdict, List<String> newHosts, List<String> newDeeds) {
  /** How much differs, the least first. */
  public enum Verdict {
    SAME,
    /** Other bytes, the same text: a nonce, a build id, another indentation. */
    BYTES,
    /** Other text that does nothing new. */
    TEXT,
    /** It does, or can do, what it did not before. */
    BEHAVIOUR
  }

  /**
   * A version of a script.
   *
   * @param sha256 of its bytes
   * @param hosts that it was seen to contact
   * @param deeds that it was seen to do: fields read, cookies set, storage written
   */
  public record Version(String sha256, ScriptText text, Set<String> hosts, Set<String> deeds) {
    public Version {
      hosts = Set.copyOf(hosts);
      deeds = Set.copyOf(deeds);
    }
  }

  public ScriptComparison {
    newHosts = List.copyOf(newHosts);
    newDeeds = List.copyOf(newDeeds);
  }

  /** Compares a version with the one before. */
  public static ScriptComparison of(Version before, Version now) {
    List<String> hosts =
        added(before.text().hosts(), before.hosts(), now.text().hosts(), now.hosts());
    List<String> deeds =
        added(before.text().constructs(), before.deeds(), now.text().constructs(), now.deeds());
    return new ScriptComparison(verdict(before, now, hosts, deeds), hosts, deeds);
  }

  private static Verdict verdict(
      Version before, Version now, List<String> hosts, List<String> deeds) {
    if (!hosts.isEmpty() || !deeds.isEmpty()) return Verdict.BEHAVIOUR;
    if (!before.text().fingerprint().equals(now.text().fingerprint())) return Verdict.TEXT;
    return before.sha256().equals(now.sha256()) ? Verdict.SAME : Verdict.BYTES;
  }

  /** What neither the text nor the visits before knew. */
  private static List<String> added(
      Set<String> textBefore, Set<String> seenBefore, Set<String> textNow, Set<String> seenNow) {
    SortedSet<String> added = new TreeSet<>(textNow);
    added.addAll(seenNow);
    added.removeAll(textBefore);
    added.removeAll(seenBefore);
    return List.copyOf(added);
  }
}
