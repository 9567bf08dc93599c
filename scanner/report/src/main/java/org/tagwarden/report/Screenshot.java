package org.tagwarden.report;

/**
 * What the page looked like. The image itself stands in {@link ScanReport#images} under its hash.
 *
 * @param sha256 of the image file, lower-case hex
 * @param mimeType "image/webp", "image/jpeg" or "image/png"
 * @param width pixels of the image, which may be scaled down
 * @param height pixels of the image
 * @param atMs offset from the visit's start
 */
public record Screenshot(
    Moment moment, String sha256, String mimeType, int width, int height, double atMs) {
  /** When it was taken. */
  public enum Moment {
    /** When the page had loaded, before any choice. */
    AFTER_LOAD,
    /** When the choice had been made and the page had settled. */
    AFTER_CHOICE,
    /** When a journey's step had failed. */
    STEP_FAILED
  }

  public Screenshot {
    Require.present(moment, "screenshot.moment");
    Require.notBlank(sha256, "screenshot.sha256");
    Require.notBlank(mimeType, "screenshot.mimeType");
    Require.that(width > 0 && height > 0, "screenshot", "needs a width and a height");
    Require.notNegative(atMs, "screenshot.atMs");
  }
}
