package org.tagwarden.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Follows initiators from a request down to the document that started it all. Thread-safe once
 * made.
 */
public final class InitiatorChain {
  private final Map<Integer, CapturedRequest> byId = new HashMap<>();

  public InitiatorChain(PageVisit visit) {
    for (CapturedRequest request : visit.requests()) byId.put(request.id(), request);
  }

  /**
   * The requests that brought {@code request}, nearest first, ending with a document where the
   * chain is complete. Cycles are cut.
   */
  public List<CapturedRequest> of(CapturedRequest request) {
    List<CapturedRequest> chain = new ArrayList<>();
    Set<Integer> seen = new HashSet<>(Set.of(request.id()));
    CapturedRequest step = request;
    while (step.initiator().requestId() != null && seen.add(step.initiator().requestId())) {
      CapturedRequest next = byId.get(step.initiator().requestId());
      if (next == null) break;
      chain.add(next);
      step = next;
    }
    return chain;
  }
}
