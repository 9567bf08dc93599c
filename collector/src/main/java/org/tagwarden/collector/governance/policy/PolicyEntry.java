package org.tagwarden.collector.governance.policy;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.governance.AuthorizationJson;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;

/**
 * One authorization as a policy writes it, with where its keys stand.
 *
 * @param json in the terms of {@link AuthorizationJson}
 * @param places by key; keys of the envelope with "envelope." before them
 */
record PolicyEntry(JsonObject json, Place place, Map<String, Place> places) {

  /**
   * The draft; whatever is wrong is said with its place.
   *
   * @param sites ids of the client's sites by name
   */
  AuthorizationDraft draft(int clientId, Map<String, Integer> sites) {
    Integer siteId = null;
    Object site = json.getValue("site");
    if (site != null) {
      siteId = sites.get(String.valueOf(site));
      if (siteId == null) throw at("site").wrong("This client has no site \"" + site + "\".");
    }
    try {
      return AuthorizationJson.read(json, clientId, siteId);
    } catch (Refusal refusal) {
      throw at(refusal.field()).wrong(refusal.sentence());
    }
  }

  /** Where the key stands, or, when it is missing, where the entry begins. */
  private Place at(@Nullable String key) {
    String name = key == null ? "" : key;
    Place said = places.get(name);
    if (said == null && name.startsWith(AuthorizationJson.ENVELOPE)) said = places.get("envelope");
    return said == null ? place : said;
  }
}
