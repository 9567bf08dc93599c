package org.tagwarden.dashboard.pages.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.governance.TagState;
import org.tagwarden.collector.vendors.Container;
import org.tagwarden.dashboard.evidence.LoaderWords;
import org.tagwarden.dashboard.view.Spark;

/**
 * A tag in the inventory.
 *
 * @param versions what it published, by account id
 * @param loader product of the tag that deployed it; null when the site itself did or nobody knows
 * @param container the tag manager's container that deployed it; null when none did or none is
 *     named
 * @param pages pages that carry it now; 0 when it is gone
 * @param decided what is decided about it and its scripts
 * @param requests per page visit that it fired on, over 30 days
 * @param bytes likewise
 * @param trend requests a day over 30 days
 */
public record TagRow(
    int id,
    String key,
    String vendor,
    String product,
    String category,
    boolean known,
    List<String> accountIds,
    Map<String, String> versions,
    String loadMethod,
    @Nullable String loader,
    @Nullable Container container,
    int pages,
    long requests,
    long bytes,
    Spark trend,
    TagState decided,
    Instant firstSeen,
    Instant lastSeen) {
  public TagRow {
    accountIds = List.copyOf(accountIds);
    versions = Map.copyOf(versions);
  }

  /** Its account ids, a container's with the version that was seen last. */
  public List<String> accounts() {
    return LoaderWords.accounts(accountIds, versions);
  }

  /** APPROVED, PARTLY, REFUSED, PENDING or UNDECIDED. */
  public String state() {
    return decided.word();
  }

  /** Whether a decision is still owed, or was no. */
  public boolean notApproved() {
    return !state().equals("APPROVED");
  }

  /** Whether no page carries it any more. */
  public boolean gone() {
    return pages == 0;
  }
}
