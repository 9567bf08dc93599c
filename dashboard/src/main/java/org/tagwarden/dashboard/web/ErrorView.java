package org.tagwarden.dashboard.web;

import org.tagwarden.collector.Refusal;

/**
 * An error page.
 *
 * @param reference where the log tells more; "" when there is nothing more to tell
 */
public record ErrorView(int status, String title, String sentence, String reference) {
  static ErrorView of(Refusal refusal) {
    String title =
        switch (refusal.kind()) {
          case NOT_FOUND -> "Not found";
          case FORBIDDEN -> "Not allowed";
          case TOO_MANY -> "Too many attempts";
          default -> "That did not work";
        };
    return new ErrorView(refusal.kind().status(), title, refusal.sentence(), "");
  }

  static ErrorView unexpected() {
    return new ErrorView(
        500,
        "Something went wrong here",
        "The mistake is ours, and it is in the server's log. Try again; if it stays, tell whoever"
            + " runs this Tagwarden the reference below.",
        Csrf.fresh().substring(0, 8));
  }
}
