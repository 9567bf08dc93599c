package org.tagwarden.report;

import org.jspecify.annotations.Nullable;

/**
 * Who visits, as far as the pages are told.
 *
 * @param locale language and region, for example "de-DE"; null for the scanner's own
 * @param timeZone IANA name, for example "Europe/Berlin"; null for the scanner's own
 * @param userAgentSuffix appended to the browser's user agent, so that a firewall can let the
 *     scanner in; null for none
 * @param signed whether requests to the site carry the scanner's signature
 */
public record Visitor(
    @Nullable String locale,
    @Nullable String timeZone,
    @Nullable String userAgentSuffix,
    boolean signed) {
  /** A visitor who says nothing about themselves. */
  public static final Visitor ANYBODY = new Visitor(null, null, null, false);
}
