package org.tagwarden.agent.bench;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tagwarden.agent.VisitResult;
import org.tagwarden.playground.ServedRequest;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.Initiator;
import org.tagwarden.report.Observer;

/** What the reports of a scan say against what the playground's own log says. */
final class Recall {
  private static final Set<String> SCRIPTS =
      Set.of("script", "worker", "sharedworker", "serviceworker");

  /** How many of how many. */
  static final class Share {
    int right;
    int all;

    void count(boolean isRight) {
      all++;
      if (isRight) right++;
    }
  }

  final Map<String, Share> byKind = new TreeMap<>();
  final Share requests = new Share();
  final Share scripts = new Share();
  final Share initiators = new Share();
  final List<String> missed = new ArrayList<>();
  final List<String> uninitiated = new ArrayList<>();

  private Recall() {}

  static Recall of(List<ServedRequest> log, List<VisitResult> results) {
    Recall recall = new Recall();
    List<String> reported = new ArrayList<>();
    Set<String> hashes = new HashSet<>();
    for (VisitResult result : results)
      for (CapturedRequest request : result.visit().requests()) {
        boolean known = request.initiator().kind() != Initiator.Kind.UNKNOWN;
        recall.initiators.count(known);
        if (!known) recall.uninitiated.add(request.method() + " " + request.url());
        if (!request.seenBy().contains(Observer.PROXY)) continue;
        reported.add(request.method() + " " + httpUrl(request.url()));
        if (request.bodySha256() != null)
          hashes.add(httpUrl(request.url()) + " " + request.bodySha256());
      }
    for (ServedRequest served : log) {
      boolean found = reported.remove(served.method() + " " + served.url());
      String kind = served.kind().isEmpty() ? "(unsaid)" : served.kind();
      recall.byKind.computeIfAbsent(kind, k -> new Share()).count(found);
      recall.requests.count(found);
      if (!found) recall.missed.add(kind + " " + served.method() + " " + served.url());
      if (SCRIPTS.contains(served.kind()) && served.status() == 200)
        recall.scripts.count(hashes.contains(served.url() + " " + served.bodySha256()));
    }
    return recall;
  }

  private static String httpUrl(String url) {
    int hash = url.indexOf('#');
    return (hash < 0 ? url : url.substring(0, hash)).replaceFirst("^ws", "http");
  }
}
