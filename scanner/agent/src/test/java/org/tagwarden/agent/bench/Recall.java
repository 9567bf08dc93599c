package org.tagwarden.agent.bench;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tagwarden.playground.ExpectedRequest;
import org.tagwarden.playground.ServedRequest;

/** What a contender's records say against what the playground's own log says. */
public final class Recall {
  private static final Set<String> SCRIPTS =
      Set.of("script", "worker", "sharedworker", "serviceworker");

  /** How many of how many. */
  public static final class Share {
    public int right;
    public int all;

    void count(boolean isRight) {
      all++;
      if (isRight) right++;
    }

    public double percent() {
      return all == 0 ? 100 : 100.0 * right / all;
    }
  }

  public final Map<String, Share> byKind = new TreeMap<>();
  public final Share requests = new Share();
  public final Share scripts = new Share();
  public final Share initiators = new Share();

  /** Of what was recorded: whether the initiator's URL is the one that the playground knows. */
  public final Share attributed = new Share();

  /** What was served and is on no record. */
  public final List<String> missed = new ArrayList<>();

  /** Initiators that a record does not tell, or tells wrong. */
  public final List<String> misattributed = new ArrayList<>();

  private Recall() {}

  /** Compares; each record explains one request of the log. */
  public static Recall of(List<ServedRequest> log, List<RecordedVisit> visits) {
    Recall recall = new Recall();
    Map<String, Deque<RecordedVisit.Request>> recorded = new HashMap<>();
    Set<String> hashes = new HashSet<>();
    for (RecordedVisit visit : visits)
      for (RecordedVisit.Request request : visit.requests()) {
        String url = httpUrl(request.url());
        recorded
            .computeIfAbsent(request.method() + " " + url, k -> new ArrayDeque<>())
            .add(request);
        if (request.sha256() != null) hashes.add(url + " " + request.sha256());
      }
    visits.forEach(recall::attribute);
    for (ServedRequest served : log) {
      Deque<RecordedVisit.Request> same = recorded.get(served.method() + " " + served.url());
      recall.compare(served, same == null ? null : same.poll());
      if (SCRIPTS.contains(served.kind()) && served.status() == 200)
        recall.scripts.count(hashes.contains(served.url() + " " + served.bodySha256()));
    }
    return recall;
  }

  private void compare(ServedRequest served, RecordedVisit.@Nullable Request found) {
    String kind = served.kind().isEmpty() ? "(unsaid)" : served.kind();
    byKind.computeIfAbsent(kind, k -> new Share()).count(found != null);
    requests.count(found != null);
    initiators.count(found != null && found.known());
    if (found == null) missed.add(kind + " " + served.method() + " " + served.url());
    else if (!found.known())
      misattributed.add("initiator of " + served.method() + " " + served.url());
  }

  private void attribute(RecordedVisit visit) {
    List<ExpectedRequest> expected = ExpectedRequest.of(visit.url());
    for (RecordedVisit.Request request : visit.requests()) {
      List<ExpectedRequest> known =
          expected.stream().filter(e -> e.means(request.method(), request.url())).toList();
      if (known.isEmpty()) continue;
      String told = request.initiator();
      boolean right = known.stream().anyMatch(e -> e.isAskedBy(told, visit.url()));
      attributed.count(right);
      if (!right)
        misattributed.add(request.url() + " laid to " + told + " instead of " + known.get(0).by());
    }
  }

  private static String httpUrl(String url) {
    int hash = url.indexOf('#');
    return (hash < 0 ? url : url.substring(0, hash)).replaceFirst("^ws", "http");
  }
}
