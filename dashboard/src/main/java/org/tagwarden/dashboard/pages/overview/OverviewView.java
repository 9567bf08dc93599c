package org.tagwarden.dashboard.pages.overview;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.dashboard.view.Spark;

/**
 * What the overview shows.
 *
 * @param choices the clients to choose from, by id; "" for all
 * @param client the chosen one's id; "" for all
 * @param mayAddClient whether the form for a new client is offered
 * @param mayRename whether the chosen one may be given another name
 * @param problems sentences beside the form's fields, after a refused try
 */
public record OverviewView(
    List<ClientBlock> clients,
    Map<String, String> choices,
    String client,
    boolean mayAddClient,
    boolean mayRename,
    String typedName,
    Map<String, String> problems) {
  public OverviewView {
    clients = List.copyOf(clients);
    problems = Map.copyOf(problems);
  }

  /** A client with its sites. */
  public record ClientBlock(int id, String name, boolean mayAddSite, List<SiteLine> sites) {}

  /**
   * A site's state.
   *
   * @param scanState of the newest scan; null when there was none
   * @param lcpMs of the last Lighthouse run, else of the last visits; null when nothing was
   *     measured
   */
  public record SiteLine(
      int id,
      int clientId,
      String name,
      String baseUrl,
      @Nullable String scanState,
      int failedVisits,
      @Nullable Instant scannedAt,
      @Nullable Instant nextRunAt,
      int tags,
      int unapproved,
      int critical,
      int high,
      int medium,
      int low,
      @Nullable Double lcpMs,
      Spark sprawl) {
    /** Open findings of every severity. */
    public int findings() {
      return critical + high + medium + low;
    }
  }

  /** Whether there is more than one client to choose from. */
  public boolean several() {
    return choices.size() > 2;
  }

  public int siteCount() {
    return clients.stream().mapToInt(client -> client.sites().size()).sum();
  }

  public int tagCount() {
    return lines().mapToInt(SiteLine::tags).sum();
  }

  public int unapprovedCount() {
    return lines().mapToInt(SiteLine::unapproved).sum();
  }

  public int findingCount() {
    return lines().mapToInt(SiteLine::findings).sum();
  }

  public int urgentCount() {
    return lines().mapToInt(line -> line.critical() + line.high()).sum();
  }

  public String problem(String field) {
    return problems.getOrDefault(field, "");
  }

  private java.util.stream.Stream<SiteLine> lines() {
    return clients.stream().flatMap(client -> client.sites().stream());
  }
}
