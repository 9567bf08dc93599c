package org.tagwarden.collector.governance.policy;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;

/**
 * A policy as it was written.
 *
 * @param client whose it says it is; null when it does not say
 */
record Policy(@Nullable String client, List<PolicyEntry> entries) {
  private static final int LONGEST = 900_000;

  /** All of them are written in one transaction, which decisions on the client's sites wait for. */
  private static final int MOST = 5_000;

  Policy {
    entries = List.copyOf(entries);
    if (entries.size() > MOST) {
      throw entries
          .get(MOST)
          .place()
          .wrong("a policy has at most " + MOST + " authorizations, this is one more.");
    }
  }

  static Policy read(String text, PolicyFormat format) {
    if (text.length() > LONGEST) throw Place.START.wrong("a policy has at most 900 kB.");
    return format == PolicyFormat.YAML ? PolicyYaml.read(text) : PolicyCsv.read(text);
  }

  static String write(String client, List<JsonObject> entries, PolicyFormat format) {
    return format == PolicyFormat.YAML
        ? PolicyYaml.write(client, entries)
        : PolicyCsv.write(entries);
  }

  /** Its drafts in their order; the same subject and scope twice is a mistake. */
  List<AuthorizationDraft> drafts(int clientId, Map<String, Integer> sites) {
    List<AuthorizationDraft> drafts = new ArrayList<>();
    Map<Object, Place> seen = new HashMap<>();
    for (PolicyEntry entry : entries) {
      AuthorizationDraft draft = entry.draft(clientId, sites);
      Place before = seen.put(List.of(draft.scope(), draft.subject()), entry.place());
      if (before != null) {
        throw entry
            .place()
            .wrong(draft.subject().label() + " is there already, on line " + before.line() + ".");
      }
      drafts.add(draft);
    }
    return drafts;
  }
}
