package org.tagwarden.dashboard.pages.tag;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.governance.DecisionRecord;
import org.tagwarden.collector.governance.TagState;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.dashboard.evidence.LoaderWords;
import org.tagwarden.dashboard.pages.authorizations.AuthorizationForm;
import org.tagwarden.dashboard.pages.site.SiteFrame;
import org.tagwarden.dashboard.view.Chart;

/**
 * What the page of a tag shows.
 *
 * @param chain who deployed it, the tag itself first; the site stands behind the last
 * @param newestVisit what the newest visit that carries it showed; null when none is kept
 * @param newestDeeds what its scripts did on that visit
 * @param history decisions, the newest first
 * @param form what was typed, after a refused try
 * @param mayAsk whether it may be put to decision; {@code frame.mayDecide} whether it may be
 *     decided
 * @param contacts who can be named as owner or deputy
 * @param deciding the authorization that decides about the tag as such; null when nobody decided
 */
public record TagView(
    SiteFrame frame,
    Facts tag,
    List<Link> chain,
    List<PageLine> pages,
    List<StateLine> states,
    List<ScriptLine> scripts,
    List<FindingLine> findings,
    @Nullable TagEvidence newestVisit,
    @Nullable TagDeeds newestDeeds,
    List<DecisionRecord> history,
    Chart requests,
    Chart bytes,
    Cost cost,
    boolean mayAsk,
    Map<String, String> form,
    List<String> contacts,
    @Nullable Authorization deciding) {

  /** The tag itself. */
  public record Facts(
      int id,
      String key,
      String vendor,
      String product,
      String category,
      boolean known,
      List<String> accountIds,
      Map<String, String> versions,
      List<String> hosts,
      String loadMethod,
      @Nullable String loaderKey,
      @Nullable String loaderUrl,
      int pages,
      Instant firstSeen,
      Instant lastSeen,
      TagState decided) {
    /** APPROVED, PARTLY, REFUSED, PENDING or UNDECIDED. */
    public String state() {
      return decided.word();
    }

    /** Its account ids, a container's with the version that was seen last. */
    public List<String> accounts() {
      return LoaderWords.accounts(accountIds, versions);
    }
  }

  /**
   * A step of the loader chain.
   *
   * @param container that deployed it, in words; null when none did or none is named
   */
  public record Link(
      int id, String name, String loadMethod, @Nullable String url, @Nullable String container) {}

  /** A page that carries it now. */
  public record PageLine(String url, Instant seenAt, UUID visit) {}

  /**
   * What the visitor answered, and on how many pages the tag fired then.
   *
   * @param chosen whether a banner was answered on any page
   * @param pages that are visited with this answer
   * @param early on which it fired before the answer
   */
  public record StateLine(String answer, boolean chosen, int pages, int carrying, int early) {}

  /** A script it ran; decision null when nobody decided about this hash or its address. */
  public record ScriptLine(
      String sha256,
      @Nullable String url,
      String kind,
      long length,
      Instant firstSeen,
      Instant lastSeen,
      @Nullable String decision) {
    ScriptLine decided(String verdict) {
      return new ScriptLine(sha256, url, kind, length, firstSeen, lastSeen, verdict);
    }
  }

  /** An open finding about it. */
  public record FindingLine(int id, String severity, String summary, Instant openedAt) {}

  /**
   * Per page visit that it fired on, over 30 days; cpu and blocking by Lighthouse, 0 when unnamed.
   */
  public record Cost(long requests, long bytes, double loadMs, double cpuMs, double blockingMs) {}

  /** What is wrong, by field. */
  public Map<String, String> problems() {
    Map<String, String> problems = new HashMap<>();
    form.forEach(
        (field, value) -> {
          if (field.startsWith("!")) problems.put(field.substring(1), value);
        });
    return problems;
  }

  /** Whether any of these fields was refused. */
  public boolean refused(String... fields) {
    for (String field : fields) if (form.containsKey("!" + field)) return true;
    return false;
  }

  /** Whether the form says what the tag may do. */
  public boolean limited() {
    return new AuthorizationForm(form).limited();
  }

  public String typed(String field) {
    return form.getOrDefault(field, "");
  }
}
