package org.tagwarden.collector.alerts;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.checks.ScriptSubject;
import org.tagwarden.collector.vendors.Hosts;
import org.tagwarden.report.CapturedCookie;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.InitiatorChain;
import org.tagwarden.report.PageVisit;

/**
 * What a script did in one visit, with everything that it brought in turn.
 *
 * @param page where
 * @param loadedBy from the document down to the script itself, URLs
 * @param requests how many requests it caused
 * @param bytes of those and of the script itself, on the wire
 * @param hosts requests by host that it contacted, most first
 * @param cookies names with their domains, as "name (domain)"
 */
public record ScriptDeeds(
    String page,
    List<String> loadedBy,
    int requests,
    long bytes,
    Map<String, Integer> hosts,
    List<String> cookies) {
  public ScriptDeeds {
    loadedBy = List.copyOf(loadedBy);
    hosts = Collections.unmodifiableMap(new LinkedHashMap<>(hosts));
    cookies = List.copyOf(cookies);
  }

  /** Null when the visit has no script with that subject (see {@link ScriptSubject}). */
  public static @Nullable ScriptDeeds of(PageVisit visit, String subject) {
    List<CapturedRequest> scripts =
        visit.requests().stream().filter(r -> ScriptSubject.of(r.url()).equals(subject)).toList();
    if (scripts.isEmpty()) return null;

    InitiatorChain chains = new InitiatorChain(visit);
    Set<Integer> own = new HashSet<>();
    for (CapturedRequest script : scripts) own.add(script.id());
    Set<Integer> caused = new HashSet<>(own);
    Map<String, Integer> hosts = new LinkedHashMap<>();
    long bytes = 0;
    for (CapturedRequest request : visit.requests()) {
      boolean its = chains.of(request).stream().anyMatch(step -> own.contains(step.id()));
      if (!its && !own.contains(request.id())) continue;
      bytes += request.sizes().headerBytes() + request.sizes().wireBytes();
      if (own.contains(request.id())) continue;
      caused.add(request.id());
      String host = Hosts.of(request.url());
      if (!host.isEmpty()) hosts.merge(host, 1, Integer::sum);
    }
    List<String> loadedBy = new ArrayList<>();
    loadedBy.add(scripts.get(0).url());
    for (CapturedRequest step : chains.of(scripts.get(0))) loadedBy.add(0, step.url());
    return new ScriptDeeds(
        visit.page(),
        loadedBy,
        caused.size() - own.size(),
        bytes,
        mostFirst(hosts),
        cookies(visit, caused, scripts));
  }

  private static List<String> cookies(
      PageVisit visit, Set<Integer> requests, List<CapturedRequest> scripts) {
    Set<String> urls = new HashSet<>();
    for (CapturedRequest script : scripts) urls.add(script.url());
    Set<String> cookies = new TreeSet<>();
    for (CapturedCookie cookie : visit.cookies()) {
      boolean byResponse = cookie.requestId() != null && requests.contains(cookie.requestId());
      boolean byScript = cookie.script() != null && urls.contains(cookie.script());
      if (byResponse || byScript) cookies.add(cookie.name() + " (" + cookie.domain() + ")");
    }
    return List.copyOf(cookies);
  }

  private static Map<String, Integer> mostFirst(Map<String, Integer> counts) {
    Map<String, Integer> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }
}
