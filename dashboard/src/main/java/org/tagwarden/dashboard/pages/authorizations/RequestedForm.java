package org.tagwarden.dashboard.pages.authorizations;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.governance.TagRequest;
import org.tagwarden.collector.governance.TagRequests;
import org.tagwarden.collector.governance.rules.Subject;
import org.tagwarden.collector.intake.TagObservations;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.Sites;
import org.tagwarden.collector.vendors.SiteScope;
import org.tagwarden.collector.vendors.VendorCatalog;
import org.tagwarden.dashboard.view.Display;
import org.tagwarden.dashboard.web.Rows;

/**
 * The form of an authorization that answers a request: what was asked for, and, where the site
 * shows the tag already, the limits within which it was seen.
 */
final class RequestedForm {
  /** $1 site, $2 what was asked for: tags that are called so, the very product first. */
  private static final String TAGS =
      """
      SELECT id, key, vendor, lower($2) IN (lower(product), lower(key)) AS exact FROM tag
      WHERE site_id = $1 AND pages > 0 AND lower($2) IN (lower(product), lower(vendor), lower(key))
      ORDER BY exact DESC, pages DESC, id LIMIT 20
      """;

  private static final String ASKER = "SELECT name, email FROM person WHERE id = $1";

  private final TagRequests requests;
  private final Sites sites;
  private final Database database;
  private final VendorCatalog vendors;
  private final TagObservations observations;

  RequestedForm(Collector collector) {
    this.requests = collector.requests();
    this.sites = collector.sites();
    this.database = collector.database();
    this.vendors = collector.vendors();
    this.observations = collector.observations();
  }

  private record Seen(int id, String key, String vendor, boolean exact) {}

  /**
   * For approvers of the request's client.
   *
   * @param today from which the review is counted
   */
  Future<AuthorizationForm> of(Principal by, int requestId, LocalDate today) {
    return requests
        .get(by, requestId)
        .compose(
            asked ->
                sites
                    .get(by, asked.siteId(), Role.APPROVER)
                    .compose(
                        site ->
                            tags(asked)
                                .compose(
                                    seen ->
                                        owner(asked)
                                            .compose(
                                                owner -> form(asked, site, seen, owner, today)))));
  }

  private Future<List<Seen>> tags(TagRequest asked) {
    return Rows.list(
        database,
        TAGS,
        row ->
            new Seen(
                row.getInteger("id"),
                row.getString("key"),
                row.getString("vendor"),
                row.getBoolean("exact")),
        asked.siteId(),
        asked.what());
  }

  private Future<String> owner(TagRequest asked) {
    if (asked.askedById() == null) return Future.succeededFuture("");
    return Rows.list(database, ASKER, RequestedForm::contact, asked.askedById())
        .map(found -> found.isEmpty() ? "" : found.get(0));
  }

  private static String contact(Row row) {
    return row.getString("name") + " <" + row.getString("email") + ">";
  }

  private Future<AuthorizationForm> form(
      TagRequest asked, Site site, List<Seen> seen, String owner, LocalDate today) {
    Map<String, String> values = new HashMap<>();
    Subject subject = subject(asked, seen);
    values.put("kind", subject == null ? "product" : subject.kind().word());
    values.put("subject", subject == null ? asked.what() : subject.value());
    values.put("site", String.valueOf(asked.siteId()));
    values.put("pages", "all");
    values.put("verdict", "approved");
    values.put("reason", "business");
    values.put(
        "justification", asked.askedBy() + " asked for " + asked.what() + ": " + asked.reason());
    values.put("owner", owner);
    values.put("review", today.plusYears(1).toString());
    values.put("version", "0");
    values.put("request", String.valueOf(asked.id()));
    if (seen.isEmpty() || !seen.get(0).exact()) {
      return Future.succeededFuture(new AuthorizationForm(values));
    }
    Seen tag = seen.get(0);
    return observations
        .of(site.id(), new SiteScope(site.baseUrl(), site.firstParty()), tag.id(), tag.key())
        .map(
            found -> {
              if (found.visits() > 0) {
                values.putAll(AuthorizationForm.of(found.envelope()));
                values.put(
                    AuthorizationForm.FILLED,
                    "It runs there already: the limits are what "
                        + Display.count(found.visits(), "visit", "visits")
                        + " showed. Look them over.");
              }
              return new AuthorizationForm(values);
            });
  }

  /** What runs under that name, else what the catalogue calls so, else a host; null: who knows. */
  private @Nullable Subject subject(TagRequest asked, List<Seen> seen) {
    if (!seen.isEmpty()) {
      Seen first = seen.get(0);
      return first.exact()
          ? Subject.ofTag(first.key())
          : new Subject(Subject.Kind.VENDOR, first.vendor());
    }
    String key = vendors.keyOf(asked.what());
    if (key != null) return Subject.ofTag(key);
    for (String vendor : vendors.vendors()) {
      if (vendor.equalsIgnoreCase(asked.what())) return new Subject(Subject.Kind.VENDOR, vendor);
    }
    String host = asked.what().replaceFirst("^(?i)https?://", "").replaceFirst("/.*", "");
    boolean named = host.matches("(?i)(\\*\\.)?[a-z0-9-]+(\\.[a-z0-9-]+)+");
    return named ? new Subject(Subject.Kind.HOST, host) : null;
  }
}
