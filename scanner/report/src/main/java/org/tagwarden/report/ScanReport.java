package org.tagwarden.report;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one scan saw: a list of page visits and, once per hash, the script bodies they refer to.
 *
 * <p>A scanner that works for a server sends one report per finished visit; the one-off scan writes
 * one report with all of its visits. Two reports with a visit of the same {@link PageVisit#visitId}
 * tell of the same visit.
 *
 * @param format always {@link #FORMAT}, so that a stray JSON file is recognised as no report
 * @param formatVersion "major.minor"; a reader accepts its own major version with any minor one
 * @param scanId the scan (audit run over a site) that these visits belong to
 * @param jobId the job of the server that asked for it; null for a one-off scan
 * @param bodies script text by SHA-256 (lower-case hex); a scanner may leave out bodies that it has
 *     delivered before
 * @param images Base64 of screenshots by SHA-256 of the file (lower-case hex)
 */
public record ScanReport(
    String format,
    String formatVersion,
    UUID scanId,
    @Nullable UUID jobId,
    ScannerIdentity scanner,
    List<PageVisit> visits,
    Map<String, String> bodies,
    Map<String, String> images) {

  public static final String FORMAT = "tagwarden/scan-report";
  public static final String FORMAT_VERSION = "1.1";

  public ScanReport {
    Require.that(FORMAT.equals(format), "format", "must be \"" + FORMAT + "\"");
    Require.present(formatVersion, "formatVersion");
    Require.present(scanId, "scanId");
    Require.present(scanner, "scanner");
    visits = Require.list(visits, "visits");
    bodies = bodies == null ? Map.of() : Map.copyOf(bodies);
    images = images == null ? Map.of() : Map.copyOf(images);
  }

  /** A report in the current format, without images. */
  public static ScanReport of(
      UUID scanId,
      @Nullable UUID jobId,
      ScannerIdentity scanner,
      List<PageVisit> visits,
      Map<String, String> bodies) {
    return of(scanId, jobId, scanner, visits, bodies, Map.of());
  }

  /** A report in the current format. */
  public static ScanReport of(
      UUID scanId,
      @Nullable UUID jobId,
      ScannerIdentity scanner,
      List<PageVisit> visits,
      Map<String, String> bodies,
      Map<String, String> images) {
    return new ScanReport(FORMAT, FORMAT_VERSION, scanId, jobId, scanner, visits, bodies, images);
  }
}
