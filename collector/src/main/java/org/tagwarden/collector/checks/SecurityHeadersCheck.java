package org.tagwarden.collector.checks;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The page's own document lacks a header that switches a protection of the browser on. */
final class SecurityHeadersCheck implements Check {
  private static final Pattern MAX_AGE = Pattern.compile("max-age\\s*=\\s*\"?(\\d+)");
  private static final long HALF_A_YEAR_SECONDS = 15_552_000;

  @Override
  public String id() {
    return "security-headers";
  }

  @Override
  public String title() {
    return "Missing security header";
  }

  @Override
  public String whyItMatters() {
    return "These headers cost nothing and switch on protections of the browser that limit what an"
        + " injected script, a framing page or a downgraded connection can do.";
  }

  @Override
  public Severity severity() {
    return Severity.MEDIUM;
  }

  @Override
  public List<Failure> examine(Visited visited) {
    MainDocument document = MainDocument.of(visited.visit());
    if (document == null) return List.of();
    FailureBySubject failures = new FailureBySubject();
    List<String> policies = document.contentPolicies();
    if (policies.isEmpty()) {
      add(
          failures,
          document,
          "Content-Security-Policy",
          Severity.MEDIUM,
          "Start with a Content-Security-Policy-Report-Only header that lists the tags in the"
              + " inventory, then enforce it.");
    }
    if (document.secure()) transportSecurity(failures, document);
    if (!has(document, "X-Content-Type-Options", "nosniff")) {
      add(
          failures,
          document,
          "X-Content-Type-Options",
          Severity.LOW,
          "Send X-Content-Type-Options: nosniff.");
    }
    boolean framesLimited =
        policies.stream().anyMatch(p -> p.toLowerCase(Locale.ROOT).contains("frame-ancestors"));
    if (!framesLimited && document.header("X-Frame-Options") == null) {
      add(
          failures,
          document,
          "X-Frame-Options",
          Severity.MEDIUM,
          "Send Content-Security-Policy: frame-ancestors 'self' (or X-Frame-Options: SAMEORIGIN).");
    }
    if (document.header("Referrer-Policy") == null && document.meta("referrer") == null) {
      add(
          failures,
          document,
          "Referrer-Policy",
          Severity.LOW,
          "Send Referrer-Policy: strict-origin-when-cross-origin, or a stricter one.");
    }
    return failures.all();
  }

  private void transportSecurity(FailureBySubject failures, MainDocument document) {
    String name = "Strict-Transport-Security";
    String remedy = "Send Strict-Transport-Security: max-age=31536000; includeSubDomains.";
    String value = document.header(name);
    if (value == null) {
      add(failures, document, name, Severity.MEDIUM, remedy);
      return;
    }
    Matcher maxAge = MAX_AGE.matcher(value.toLowerCase(Locale.ROOT));
    long seconds = maxAge.find() ? parse(maxAge.group(1)) : 0;
    if (seconds >= HALF_A_YEAR_SECONDS) return;
    failures.add(
        name,
        null,
        Severity.LOW,
        "The page's " + name + " header holds for less than half a year.",
        List.of("Page: " + document.request().url(), name + ": " + value),
        remedy);
  }

  private static long parse(String digits) {
    return digits.length() > 12 ? Long.MAX_VALUE : Long.parseLong(digits);
  }

  private static void add(
      FailureBySubject failures,
      MainDocument document,
      String header,
      Severity severity,
      String remedy) {
    failures.add(
        header,
        null,
        severity,
        "The page has no " + header + " header.",
        List.of("Page: " + document.request().url()),
        remedy);
  }

  private static boolean has(MainDocument document, String name, String value) {
    @Nullable String header = document.header(name);
    return header != null && header.toLowerCase(Locale.ROOT).contains(value);
  }

  @Override
  public Visited example() {
    return ExampleVisit.clean().without("Content-Security-Policy").visited();
  }
}
