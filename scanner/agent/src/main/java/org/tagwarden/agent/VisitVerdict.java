package org.tagwarden.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.observe.Observers;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.Failure;
import org.tagwarden.report.VisitOptions;
import org.tagwarden.report.VisitOutcome;

/** Whether a visit is a result to judge, and if not, the sentence that says why. */
final class VisitVerdict {
  private final String url;
  private final @Nullable CapturedRequest document;
  private final PageClock.@Nullable End end;
  private final String navigationError;
  private final VisitOptions options;
  private final Observers seen;

  VisitVerdict(
      String url,
      @Nullable CapturedRequest document,
      PageClock.@Nullable End end,
      String navigationError,
      VisitOptions options,
      Observers seen) {
    this.url = url;
    this.document = document;
    this.end = end;
    this.navigationError = navigationError;
    this.options = options;
    this.seen = seen;
  }

  VisitOutcome outcome(List<CapturedRequest> requests) {
    if (end == PageClock.End.BROWSER_GONE) {
      note(
          "browser-crashed",
          "The browser ended while it was on "
              + url
              + ". The next visit gets a new one; if this page does it again, it is the page.");
      return loaded() ? VisitOutcome.CUT_SHORT : VisitOutcome.FAILED;
    }
    if (end == PageClock.End.TAB_CRASHED) {
      if (seen.guard.closedItself())
        note("page-closed", url + " closed its own window; what was seen up to then is reported.");
      else
        note(
            "tab-crashed",
            "The tab crashed on " + url + ". It may need more memory than this machine has.");
      return loaded() ? VisitOutcome.CUT_SHORT : VisitOutcome.FAILED;
    }
    if (document == null || document.status() == null || !navigationError.isEmpty())
      return unreachable();
    Integer status = document.status();
    if (ChallengeSigns.on(document, seen.elements.title(), requests)) {
      note(
          "bot-challenge",
          "A bot challenge was shown instead of "
              + url
              + ". Allow the scanner's address or user agent there, then scan again.");
      return VisitOutcome.CHALLENGED;
    }
    certificate(document);
    if (status >= 500) {
      note(
          "http-status",
          url
              + " answered with status "
              + status
              + ": the site's server has a fault. Scan again when it is mended.");
      return VisitOutcome.FAILED;
    }
    if (status >= 400)
      note(
          "http-status",
          url
              + " answered with status "
              + status
              + ". What is reported is its error page; check the address.");
    return caps();
  }

  private VisitOutcome caps() {
    if (end == PageClock.End.NEVER_LOADED) {
      note(
          "load-cap",
          url
              + " had not loaded after "
              + options.timeoutMs() / 1000
              + " seconds; what was seen up to then is reported.");
      return VisitOutcome.CUT_SHORT;
    }
    if (end == PageClock.End.SPINNING) {
      note(
          "page-spins",
          "A script of "
              + url
              + " computes or waits without end, so that the page answers nobody. It was stopped;"
              + " what was seen up to then is reported.");
      return VisitOutcome.CUT_SHORT;
    }
    if (end == PageClock.End.STILL_BUSY) {
      note(
          "settle-cap",
          url + " never came to rest; the visit was ended while it was still sending requests.");
      return VisitOutcome.CUT_SHORT;
    }
    return VisitOutcome.COMPLETE;
  }

  private VisitOutcome unreachable() {
    Failure failure = document == null ? null : document.failure();
    if (failure != null && failure.code() == Failure.Code.CANCELLED) failure = null;
    if (end == PageClock.End.NEVER_LOADED) {
      // First: that the connection was then broken off is the scanner's own doing.
      note("timeout", url + " did not answer within " + options.timeoutMs() / 1000 + " seconds.");
    } else if (failure != null) {
      String code =
          switch (failure.code()) {
            case DNS -> "dns-failure";
            case REFUSED -> "connection-refused";
            case TIMEOUT -> "timeout";
            case TLS -> "bad-certificate";
            case PRIVATE_TARGET -> "private-target";
            case RESET -> "connection-reset";
            default -> "navigation-failed";
          };
      String insecure =
          failure.code() == Failure.Code.TLS ? " Mend it, or scan with --insecure." : "";
      note(code, url + " could not be loaded. " + failure.message() + insecure);
    } else if (navigationError.contains("ABORTED")) {
      note("no-page", url + " is no page but a download, or answered without content.");
    } else if (seen.problems.all().stream().allMatch(p -> p.phase().equals("leave"))) {
      note(
          "navigation-failed",
          url
              + " could not be loaded ("
              + (navigationError.isEmpty() ? "no answer" : navigationError)
              + "). Check the address.");
    }
    return VisitOutcome.FAILED;
  }

  private void certificate(CapturedRequest page) {
    if (page.tls() == null || page.tls().trusted() || page.tls().problem() == null) return;
    note(
        "bad-certificate",
        page.tls().problem() + " The page was visited because --insecure says so.");
  }

  private boolean loaded() {
    return document != null && document.status() != null && seen.guard.loaded().isDone();
  }

  private void note(String code, String message) {
    seen.problems.note("browser", "navigate", code, message);
  }
}
