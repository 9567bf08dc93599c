package org.tagwarden.collector.checks;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tagwarden.collector.vendors.Category;
import org.tagwarden.collector.vendors.Tag;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.ConsentPhase;

/** The tags for which visitors are asked. Which of them needs consent is a lawyer's question. */
final class NeedsConsent {
  private static final Set<Category> ASKED_FOR =
      EnumSet.of(
          Category.ADVERTISING,
          Category.ANALYTICS,
          Category.SESSION_REPLAY,
          Category.AB_TEST,
          Category.SOCIAL,
          Category.MARKETING_AUTOMATION,
          Category.CUSTOMER_DATA);

  private NeedsConsent() {}

  static boolean isAskedFor(Tag tag) {
    return ASKED_FOR.contains(tag.category());
  }

  /** The tag's requests of that phase. */
  static List<CapturedRequest> requests(Visited visited, Tag tag, ConsentPhase phase) {
    List<CapturedRequest> requests = new ArrayList<>();
    for (CapturedRequest request : visited.visit().requests()) {
      boolean own = tag.key().equals(visited.recognition().tagKeyByRequest().get(request.id()));
      if (own && request.phase() == phase) requests.add(request);
    }
    return requests;
  }

  static List<String> evidence(List<CapturedRequest> requests) {
    return requests.stream()
        .map(r -> r.method() + " " + r.url() + " at " + Math.round(r.startMs()) + " ms")
        .toList();
  }
}
