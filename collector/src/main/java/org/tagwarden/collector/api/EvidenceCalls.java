package org.tagwarden.collector.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.tagwarden.collector.evidence.Environment;
import org.tagwarden.collector.evidence.EvidencePacks;
import org.tagwarden.collector.evidence.PaymentEmbedding;
import org.tagwarden.collector.evidence.ScopeNote;
import org.tagwarden.collector.evidence.ScopeNotes.Written;

/** Evidence packs, and what stands in them about a site's scope. */
final class EvidenceCalls {
  private final EvidencePacks packs;

  EvidenceCalls(EvidencePacks packs) {
    this.packs = packs;
  }

  Future<ApiAnswer> exportEvidence(ApiCall call) {
    boolean wholeClient = Bearer.onlySite(call.context()) == null;
    return packs
        .make(
            call.principal(),
            call.number("siteId"),
            call.query("from").orElse(""),
            call.query("to").orElse(""),
            wholeClient)
        .map(ApiAnswer::ok);
  }

  Future<ApiAnswer> getScopeNote(ApiCall call) {
    return packs
        .notes()
        .get(call.principal(), call.number("siteId"))
        .map(
            written -> ApiAnswer.ok(written.map(EvidenceCalls::json).orElse(Map.of("version", 0))));
  }

  private static Map<String, Object> json(Written written) {
    return Map.of(
        "version", written.version(),
        "environment", written.note().environment(),
        "payment", written.note().payment(),
        "note", written.note().note(),
        "by", written.by(),
        "at", written.at());
  }

  Future<ApiAnswer> writeScopeNote(ApiCall call) {
    JsonObject body = call.body();
    int after = body.getInteger("after");
    ScopeNote note =
        new ScopeNote(
            Environment.valueOf(body.getString("environment")),
            PaymentEmbedding.valueOf(body.getString("payment")),
            body.getString("note", ""));
    return packs
        .notes()
        .write(call.principal(), call.number("siteId"), after, note)
        .map(done -> ApiAnswer.created(Map.of("version", after + 1)));
  }
}
