package org.tagwarden.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What triggered a request.
 *
 * @param kind the trigger
 * @param requestId id of the request that brought the initiating document or script, where it is
 *     one; the chain down to the document follows these ids (see {@link InitiatorChain})
 * @param url URL of the initiating document or script; for an inline script the document's URL
 * @param function name of the calling function, if any
 * @param line from 1; 0 when unknown
 * @param column from 1; 0 when unknown
 * @param stack the JavaScript frames, innermost first, across asynchronous calls; empty for the
 *     parser
 */
public record Initiator(
    Kind kind,
    @Nullable Integer requestId,
    @Nullable String url,
    @Nullable String function,
    int line,
    int column,
    List<StackFrame> stack) {
  /** The triggers. */
  public enum Kind {
    /** The scanner navigated there. */
    NAVIGATION,
    /** The parser met an element in a document or style sheet. */
    PARSER,
    /** A script. */
    SCRIPT,
    /** A preload or prefetch hint. */
    PRELOAD,
    /** A redirect of {@code requestId}. */
    REDIRECT,
    /** The browser asked for permission first (CORS). */
    PREFLIGHT,
    /** The browser itself (reports, favicon, service-worker update). */
    BROWSER,
    /** Nobody could tell. */
    UNKNOWN
  }

  public static final Initiator UNKNOWN =
      new Initiator(Kind.UNKNOWN, null, null, null, 0, 0, List.of());

  public Initiator {
    Require.present(kind, "initiator.kind");
    stack = Require.list(stack, "initiator.stack");
  }
}
