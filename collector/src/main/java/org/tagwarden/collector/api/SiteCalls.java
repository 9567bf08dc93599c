package org.tagwarden.collector.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.site.Clients;
import org.tagwarden.collector.site.SiteDraft;
import org.tagwarden.collector.site.Sites;

/** Clients and sites. */
final class SiteCalls {
  private final Clients clients;
  private final Sites sites;

  SiteCalls(Clients clients, Sites sites) {
    this.clients = clients;
    this.sites = sites;
  }

  Future<ApiAnswer> listClients(ApiCall call) {
    return clients.list(call.principal()).map(ApiAnswer::ok);
  }

  Future<ApiAnswer> createClient(ApiCall call) {
    return clients.create(call.principal(), call.body().getString("name")).map(ApiAnswer::created);
  }

  Future<ApiAnswer> renameClient(ApiCall call) {
    return clients
        .rename(call.principal(), call.number("clientId"), call.body().getString("name"))
        .map(ApiAnswer::ok);
  }

  Future<ApiAnswer> listSites(ApiCall call) {
    return sites.list(call.principal()).map(ApiAnswer::ok);
  }

  Future<ApiAnswer> getSite(ApiCall call) {
    return sites.get(call.principal(), call.number("siteId")).map(ApiAnswer::ok);
  }

  Future<ApiAnswer> createSite(ApiCall call) {
    JsonObject body = call.body();
    for (String needed : new String[] {"name", "baseUrl"}) {
      if (body.getString(needed) == null) {
        throw Refusal.invalid(needed, "A new site needs \"" + needed + "\".");
      }
    }
    SiteDraft standard = SiteDraft.of(body.getString("name"), body.getString("baseUrl"));
    return sites
        .create(call.principal(), call.number("clientId"), merged(standard, body))
        .map(ApiAnswer::created);
  }

  Future<ApiAnswer> changeSite(ApiCall call) {
    int id = call.number("siteId");
    return sites
        .get(call.principal(), id)
        .compose(site -> sites.update(call.principal(), id, merged(site.draft(), call.body())))
        .map(ApiAnswer::ok);
  }

  Future<ApiAnswer> archiveSite(ApiCall call) {
    return sites.archive(call.principal(), call.number("siteId")).map(ApiAnswer::ok);
  }

  Future<ApiAnswer> restoreSite(ApiCall call) {
    return sites.restore(call.principal(), call.number("siteId")).map(ApiAnswer::ok);
  }

  /** The draft with the fields that the body names, at any depth; lists are replaced. */
  private static SiteDraft merged(SiteDraft draft, JsonObject body) {
    JsonObject options = body.getJsonObject("options");
    if (options != null) {
      Object consent = options.remove("consent"); // before there could be several
      if (consent != null) options.put("consents", JsonArray.of(consent));
      // Who names a settle time means it.
      if (options.containsKey("settleMs") && !body.containsKey("automaticSettle")) {
        body.put("automaticSettle", false);
      }
    }
    return ApiJson.read(ApiJson.object(draft).mergeIn(body, true), SiteDraft.class);
  }
}
