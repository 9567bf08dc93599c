package org.tagwarden.collector.governance;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.tagwarden.collector.governance.rules.Authorizations;
import org.tagwarden.collector.governance.rules.Occurrence;
import org.tagwarden.collector.governance.rules.Verdict;

/**
 * What is decided about the tags of a site, at one time: about each tag as such, and about its
 * scripts where single ones, addresses or hosts were decided about.
 */
public final class TagStates {
  public static final String APPROVED = Verdict.APPROVED.name();
  public static final String REFUSED = Verdict.REFUSED.name();
  public static final String UNDECIDED = "UNDECIDED";

  private final Authorizations authorizations;
  private final Instant at;
  private final Map<String, Collection<Occurrence>> running;
  private final int version;

  /** Of tags as such. */
  public TagStates(Authorizations authorizations, Instant at) {
    this(authorizations, at, Map.of(), 0);
  }

  /**
   * @param running scripts that run now by their tag's key; empty when nothing was decided about
   *     parts of tags
   * @param version of the site's decisions
   */
  TagStates(
      Authorizations authorizations,
      Instant at,
      Map<String, Collection<Occurrence>> running,
      int version) {
    this.authorizations = authorizations;
    this.at = at;
    this.running = running;
    this.version = version;
  }

  /** Which decisions these are, see {@link SiteDecisions#version()}. */
  public int version() {
    return version;
  }

  /** Of the tag as such: APPROVED, REFUSED, PENDING or UNDECIDED. */
  public String of(String vendor, String tagKey) {
    return word(vendor, tagKey, false);
  }

  private String word(String vendor, String tagKey, boolean payment) {
    Verdict verdict =
        authorizations.rule(new Occurrence(vendor, tagKey, null, null), payment, at).verdict();
    return verdict == null ? UNDECIDED : verdict.name();
  }

  /** Of the tag with its scripts. */
  public TagState state(String vendor, String tagKey) {
    String word = of(vendor, tagKey);
    Collection<Occurrence> scripts = running.getOrDefault(tagKey, List.of());
    int authorized = 0;
    int refused = 0;
    for (Occurrence script : scripts) {
      Verdict verdict = authorizations.rule(script, false, at).verdict();
      if (verdict == Verdict.APPROVED) authorized++;
      if (verdict == Verdict.REFUSED) refused++;
    }
    int all = scripts.size();
    if (all > 0 && authorized == all) return new TagState(APPROVED, all, all, false);
    if (all > 0 && refused == all) return new TagState(REFUSED, 0, all, false);
    if (authorized + refused > 0) return new TagState(TagState.PARTLY, authorized, all, false);
    boolean elsewhere = word.equals(UNDECIDED) && word(vendor, tagKey, true).equals(APPROVED);
    return elsewhere ? new TagState(TagState.PARTLY, 0, all, true) : TagState.of(word);
  }
}
