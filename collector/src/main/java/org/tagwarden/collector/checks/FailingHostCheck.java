package org.tagwarden.collector.checks;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tagwarden.collector.vendors.Hosts;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.Failure.Code;
import org.tagwarden.report.Initiator;
import org.tagwarden.report.ResourceType;

/** A third-party host that gave no good answer to any request of the visit. */
final class FailingHostCheck implements Check {
  private static final Set<Code> OUTAGES =
      EnumSet.of(Code.DNS, Code.REFUSED, Code.TIMEOUT, Code.TLS, Code.RESET);

  @Override
  public String id() {
    return "failing-third-party";
  }

  @Override
  public String title() {
    return "Third-party host that does not answer";
  }

  @Override
  public String whyItMatters() {
    return "The page waits for it, the tag does nothing, and an abandoned host name can be bought by"
        + " somebody who will answer.";
  }

  @Override
  public Severity severity() {
    return Severity.MEDIUM;
  }

  @Override
  public List<Failure> examine(Visited visited) {
    FailureBySubject failures = new FailureBySubject();
    requestsByHost(visited).forEach((host, requests) -> examine(visited, host, requests, failures));
    return failures.all();
  }

  private static Map<String, List<CapturedRequest>> requestsByHost(Visited visited) {
    Map<String, List<CapturedRequest>> byHost = new LinkedHashMap<>();
    for (CapturedRequest request : visited.visit().requests()) {
      if (!visited.recognition().isThirdParty(request.id())) continue;
      byHost.computeIfAbsent(Hosts.of(request.url()), h -> new ArrayList<>()).add(request);
    }
    return byHost;
  }

  private static void examine(
      Visited visited, String host, List<CapturedRequest> requests, FailureBySubject failures) {
    List<String> evidence = new ArrayList<>();
    boolean blocksThePage = false;
    boolean unresolved = false;
    for (CapturedRequest request : requests) {
      if (isGood(request) || DanglingAliasCheck.dangles(request)) return;
      if (!isOutage(request)) continue;
      evidence.add(told(request));
      unresolved |= request.failure() != null && request.failure().code() == Code.DNS;
      blocksThePage |=
          request.type() == ResourceType.SCRIPT
              && request.initiator().kind() == Initiator.Kind.PARSER;
    }
    if (evidence.isEmpty()) return;
    failures.add(
        host,
        visited.recognition().tagKeyByRequest().get(requests.get(0).id()),
        unresolved && blocksThePage ? Severity.HIGH : Severity.MEDIUM,
        "The third-party host " + host + " does not answer.",
        evidence,
        "Ask the vendor, or remove the tag if nobody misses it. Load what stays with async, so that"
            + " an outage does not hold up the page.");
  }

  private static boolean isGood(CapturedRequest request) {
    Integer status = request.status();
    return status != null && status < 500 && request.failure() == null;
  }

  private static boolean isOutage(CapturedRequest request) {
    if (request.failure() != null) {
      // A certificate that is not trusted is a finding of its own, see CertificateCheck.
      boolean certificate = request.failure().code() == Code.TLS && request.tls() != null;
      return !certificate && OUTAGES.contains(request.failure().code());
    }
    return request.status() != null && request.status() >= 500;
  }

  private static String told(CapturedRequest request) {
    String what =
        request.failure() == null ? "status " + request.status() : request.failure().message();
    return request.url() + ": " + what;
  }

  @Override
  public Visited example() {
    return ExampleVisit.clean()
        .failed("https://gone.vendor.example/x.js", ResourceType.SCRIPT, Code.TIMEOUT)
        .visited();
  }
}
