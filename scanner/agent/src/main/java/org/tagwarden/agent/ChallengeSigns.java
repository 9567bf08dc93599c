package org.tagwarden.agent;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.CapturedRequest;

/**
 * The well-known signs of a page that asks whether its visitor is a robot and shows nothing else.
 * Headers that mean nothing else suffice; a title or a script needs a refusing status beside it,
 * since many a sign-in form carries the same scripts.
 */
final class ChallengeSigns {
  private record Mark(String header, String value) {}

  private static final List<Mark> MARKS =
      List.of(
          new Mark("cf-mitigated", "challenge"), // Cloudflare
          new Mark("x-vercel-mitigated", "challenge"),
          new Mark("x-amzn-waf-action", "captcha"),
          new Mark("x-amzn-waf-action", "challenge"),
          new Mark("x-akamai-challenge", "sec-if-cpt-container"));

  /** Only with a refusing status: they also stand on pages that were let through. */
  private static final List<String> REFUSING_HEADERS =
      List.of("x-datadome", "x-px-block", "x-kpsdk-ct", "x-iinfo");

  private static final List<String> TITLES =
      List.of(
          "just a moment",
          "attention required",
          "pardon our interruption",
          "access denied",
          "access to this page has been denied",
          "are you a robot",
          "are you human",
          "verifying you are human",
          "security check",
          "robot or human");

  /** Parts of the addresses of scripts and frames that make up such a page. */
  private static final List<String> ASKERS =
      List.of(
          "//challenges.cloudflare.com/",
          "/cdn-cgi/challenge-platform/",
          ".captcha-delivery.com/",
          "//captcha.px-cdn.net/",
          "//captcha.px-cloud.net/",
          "/_incapsula_resource",
          "/_sec/cp_challenge/",
          ".awswaf.com/",
          "//hcaptcha.com/",
          ".hcaptcha.com/",
          "//geo.perimeterx.net/",
          "/recaptcha/api.js");

  private ChallengeSigns() {}

  static boolean on(
      CapturedRequest document, @Nullable String title, List<CapturedRequest> requests) {
    for (Mark mark : MARKS) {
      String value = document.responseHeader(mark.header());
      if (value != null && value.strip().equalsIgnoreCase(mark.value())) return true;
    }
    if (!refuses(document.status())) return false;
    return REFUSING_HEADERS.stream().anyMatch(h -> document.responseHeader(h) != null)
        || titled(title)
        || requests.stream().anyMatch(r -> asks(r.url()));
  }

  private static boolean refuses(@Nullable Integer status) {
    return status != null
        && (status == 401 || status == 403 || status == 405 || status == 429 || status == 503);
  }

  private static boolean titled(@Nullable String title) {
    String lower = title == null ? "" : title.toLowerCase(Locale.ROOT);
    return TITLES.stream().anyMatch(lower::contains);
  }

  private static boolean asks(String url) {
    String lower = url.toLowerCase(Locale.ROOT);
    return ASKERS.stream().anyMatch(lower::contains);
  }
}
