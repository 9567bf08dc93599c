package org.tagwarden.collector.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.vendors.Tag;
import org.tagwarden.report.CapturedCookie;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.ConsentPhase;

/** Cookies without the flags that keep them from eavesdroppers and scripts. */
final class CookieFlagsCheck implements Check {
  private static final Pattern SESSION_LIKE =
      Pattern.compile(
          "(?i)(?:^|[._-])(?:sid|sess(?:ion)?(?:id)?|auth|token|jwt|login)(?:$|[._-])"
              + "|sessionid|sessid|sess_id|_session$|connect\\.sid|authtoken|access_token");
  private static final Pattern FOR_SCRIPTS = Pattern.compile("(?i)csrf|xsrf");

  @Override
  public String id() {
    return "cookie-flags";
  }

  @Override
  public String title() {
    return "Cookie without protective flags";
  }

  @Override
  public String whyItMatters() {
    return "A cookie without Secure travels in the clear on the first http link; a session cookie"
        + " without HttpOnly can be stolen by any script on the page.";
  }

  @Override
  public Severity severity() {
    return Severity.MEDIUM;
  }

  @Override
  public List<Failure> examine(Visited visited) {
    FailureBySubject failures = new FailureBySubject();
    boolean securePage = visited.visit().finalUrl().startsWith("https:");
    for (CapturedCookie cookie : visited.visit().cookies()) {
      List<String> seen = new ArrayList<>();
      Severity severity = Severity.LOW;
      boolean session = SESSION_LIKE.matcher(cookie.name()).find();
      if (!cookie.secure() && "None".equalsIgnoreCase(cookie.sameSite())) {
        seen.add("SameSite=None without Secure: browsers refuse it");
        severity = Severity.MEDIUM;
      } else if (!cookie.secure() && securePage) {
        seen.add("no Secure");
        if (session) severity = Severity.MEDIUM;
      }
      boolean byHeader = cookie.requestId() != null;
      boolean forScripts = FOR_SCRIPTS.matcher(cookie.name()).find();
      if (session && byHeader && !forScripts && !cookie.httpOnly()) {
        seen.add("no HttpOnly, and it looks like a session");
        severity = Severity.MEDIUM;
      }
      if (seen.isEmpty()) continue;
      String subject = subject(cookie);
      failures.add(
          subject,
          tagKey(visited, cookie),
          severity,
          "The cookie " + subject + " lacks protective flags.",
          List.of(String.join("; ", seen), setBy(visited, cookie)),
          "Set it with Secure, with HttpOnly where no script needs it, and with SameSite=Lax unless"
              + " other sites must receive it.");
    }
    return failures.all();
  }

  /** Name and domain, with generated parts of the name as {@code *}. */
  private static String subject(CapturedCookie cookie) {
    return ScriptSubject.withoutVolatileParts(cookie.name()) + "@" + domain(cookie);
  }

  private static @Nullable String tagKey(Visited visited, CapturedCookie cookie) {
    if (cookie.requestId() != null) {
      return visited.recognition().tagKeyByRequest().get(cookie.requestId());
    }
    for (CapturedRequest request : visited.visit().requests()) {
      if (request.url().equals(cookie.script())) {
        return visited.recognition().tagKeyByRequest().get(request.id());
      }
    }
    return tagOfDomain(visited, domain(cookie));
  }

  /** The tag with a host on the cookie's domain: a third-party cookie whose setter is unknown. */
  private static @Nullable String tagOfDomain(Visited visited, String domain) {
    for (Tag tag : visited.recognition().tags()) {
      for (String host : tag.hosts()) {
        if (host.equals(domain) || host.endsWith("." + domain)) return tag.key();
      }
    }
    return null;
  }

  private static String domain(CapturedCookie cookie) {
    return cookie.domain().startsWith(".") ? cookie.domain().substring(1) : cookie.domain();
  }

  private static String setBy(Visited visited, CapturedCookie cookie) {
    for (CapturedRequest request : visited.visit().requests()) {
      Integer by = cookie.requestId();
      if (by != null && by == request.id()) return "Set by the response of " + request.url();
    }
    return cookie.script() == null ? "Set by a script" : "Set by the script " + cookie.script();
  }

  @Override
  public Visited example() {
    return ExampleVisit.clean()
        .cookie(
            new CapturedCookie(
                "PHPSESSID",
                "www.shop.example",
                "/",
                "0123456789abcdef",
                true,
                false,
                "Lax",
                false,
                null,
                1,
                null,
                ConsentPhase.BEFORE_CHOICE))
        .visited();
  }
}
