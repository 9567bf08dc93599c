package org.tagwarden.collector.checks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.vendors.Hosts;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.Tls;

/** A host's certificate that ended, ends soon, or is not trusted. */
final class CertificateCheck implements Check {
  private static final Duration SOON = Duration.ofDays(30);
  private static final Duration VERY_SOON = Duration.ofDays(7);

  /** Certificates of up to this validity are renewed by machines, a third of it before the end. */
  private static final Duration SHORT_LIVED = Duration.ofDays(100);

  private static final Duration SOON_FOR_SHORT_LIVED = Duration.ofDays(14);

  @Override
  public String id() {
    return "certificate";
  }

  @Override
  public String title() {
    return "Certificate that expires or is not trusted";
  }

  @Override
  public String whyItMatters() {
    return "When a certificate ends, visitors see a warning instead of the page, and everything that"
        + " its host delivers stops working.";
  }

  @Override
  public Severity severity() {
    return Severity.MEDIUM;
  }

  @Override
  public List<Failure> examine(Visited visited) {
    FailureBySubject failures = new FailureBySubject();
    // By the visit's time: an old visit does not know whether it was renewed since.
    Instant seen = visited.visit().startedAt();
    for (CapturedRequest request : visited.visit().requests()) {
      Tls tls = request.tls();
      if (tls == null) continue;
      Severity severity = judge(tls, Duration.between(seen, tls.notAfter()));
      if (severity == null) continue;
      String host = Hosts.of(request.url());
      failures.add(
          host,
          visited.recognition().tagKeyByRequest().get(request.id()),
          severity,
          summary(host, tls, Duration.between(seen, tls.notAfter())),
          List.of(
              "Subject: " + tls.subject(),
              "Issuer: " + tls.issuer(),
              "Valid until: " + tls.notAfter()),
          "Renew the certificate, and let a machine renew it from now on; for a vendor's host, tell"
              + " the vendor.");
    }
    return failures.all();
  }

  private static @Nullable Severity judge(Tls tls, Duration left) {
    if (!tls.trusted() || left.isNegative()) return Severity.CRITICAL;
    if (left.compareTo(VERY_SOON) < 0) return Severity.HIGH;
    Duration validity = Duration.between(tls.notBefore(), tls.notAfter());
    boolean shortLived = validity.compareTo(SHORT_LIVED) <= 0;
    Duration limit = shortLived ? SOON_FOR_SHORT_LIVED : SOON;
    return left.compareTo(limit) < 0 ? Severity.MEDIUM : null;
  }

  private static String summary(String host, Tls tls, Duration left) {
    if (left.isNegative()) return "The certificate of " + host + " has expired.";
    if (!tls.trusted()) {
      String why = tls.problem();
      if (why == null) return "The certificate of " + host + " is not trusted.";
      boolean sentence = why.startsWith("The certificate of ");
      return sentence ? why : "The certificate of " + host + " is not trusted: " + why;
    }
    return "The certificate of " + host + " expires in " + left.toDays() + " days.";
  }

  @Override
  public Visited example() {
    return ExampleVisit.clean()
        .certificate(ExampleVisit.WHEN.plus(Duration.ofDays(12)), true)
        .visited();
  }
}
