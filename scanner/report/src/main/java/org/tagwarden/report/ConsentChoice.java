package org.tagwarden.report;

/**
 * How the consent banner was answered.
 *
 * @param platform the consent platform that was met, as the answering rule names it; empty when
 *     unknown
 * @param method "autoconsent" or "recipe"
 * @param atMs when the choice was made, as an offset from the visit's start; requests that start
 *     later carry {@link ConsentPhase#AFTER_CHOICE}
 */
public record ConsentChoice(String platform, String method, double atMs) {
  public ConsentChoice {
    platform = platform == null ? "" : platform;
    Require.notBlank(method, "choice.method");
    Require.notNegative(atMs, "choice.atMs");
  }
}
