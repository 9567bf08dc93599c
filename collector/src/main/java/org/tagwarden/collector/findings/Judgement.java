package org.tagwarden.collector.findings;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.checks.Examination;

/**
 * What the checks said about one visit, with its place in the site's history.
 *
 * @param stateId the state of the page: in which consent state, or as which page of a journey
 * @param at when the visit began
 * @param judgedAt when it is judged: likewise, or later when it is judged again
 * @param tagIds ids of the site's tags by key, for those that the examination names
 * @param mayResolve whether what this visit does not show is gone from its page: true only for a
 *     complete visit that is the newest of its page's state
 * @param watch how often what shows there; null when the same visit is judged again, so that what
 *     does not fail any more is mended
 */
public record Judgement(
    int siteId,
    int pageId,
    int stateId,
    UUID visitId,
    Instant at,
    Instant judgedAt,
    Examination examination,
    Map<String, Integer> tagIds,
    boolean mayResolve,
    @Nullable Watch watch) {
  public Judgement {
    tagIds = Map.copyOf(tagIds);
  }
}
