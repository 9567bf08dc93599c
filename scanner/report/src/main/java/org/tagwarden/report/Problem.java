package org.tagwarden.report;

import org.jspecify.annotations.Nullable;

/**
 * Something that could not be seen or done. The rest of the visit goes on.
 *
 * @param observer which part of the scanner it befell: "proxy", "browser", "consent", "lighthouse",
 *     ...
 * @param phase what it was doing: "navigate", "settle", "leave", ...
 * @param code stable, machine-readable, lower-case with dashes: "dns-failure", "http-status",
 *     "settle-cap", "tab-crashed", ...
 * @param message a sentence for people: what happened, where, what to do
 */
public record Problem(
    String observer, String phase, String code, String message, @Nullable Integer requestId) {
  public Problem {
    Require.notBlank(observer, "problem.observer");
    Require.notBlank(phase, "problem.phase");
    Require.notBlank(code, "problem.code");
    Require.notBlank(message, "problem.message");
  }
}
