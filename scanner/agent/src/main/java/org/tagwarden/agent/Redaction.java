package org.tagwarden.agent;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.tagwarden.agent.secrets.Secrets;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.ReportCodec;

/**
 * Takes secrets out of what was seen: a page may echo in its URLs, its console or its scripts what
 * it was given.
 */
final class Redaction {
  private final Secrets secrets;

  Redaction(Secrets secrets) {
    this.secrets = secrets;
  }

  /** The same without secrets; itself when it shows none. */
  VisitResult clean(VisitResult result) {
    if (!secrets.used()) return result;
    return new VisitResult(visit(result.visit()), bodies(result.bodies()), result.images());
  }

  private PageVisit visit(PageVisit visit) {
    String json = new String(ReportCodec.write(visit), StandardCharsets.UTF_8);
    if (!secrets.shows(json)) return visit;
    byte[] masked = secrets.masked(json).getBytes(StandardCharsets.UTF_8);
    return ReportCodec.read(masked, PageVisit.class);
  }

  private Map<String, String> bodies(Map<String, String> bodies) {
    Map<String, String> clean = new HashMap<>();
    bodies.forEach((hash, text) -> clean.put(hash, secrets.masked(text)));
    return clean;
  }
}
