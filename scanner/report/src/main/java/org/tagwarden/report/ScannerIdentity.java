package org.tagwarden.report;

/**
 * Who looked: the scanner's name and version and its browser's.
 *
 * @param name the scanner's name as its operator gave it, for example "scanner-1"
 * @param version Tagwarden's version
 * @param browser product and version, for example "Chromium 156.0.8078.79"
 * @param userAgent what the visited pages were told
 */
public record ScannerIdentity(String name, String version, String browser, String userAgent) {
  public ScannerIdentity {
    Require.notBlank(name, "scanner.name");
    Require.notBlank(version, "scanner.version");
  }
}
