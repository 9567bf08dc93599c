package org.tagwarden.agent;

/** Tagwarden's version, as reports carry it. */
final class ScannerVersion {
  static final String VERSION = read();

  private ScannerVersion() {}

  /** A jar knows it from its manifest; class files from a build under way do not. */
  private static String read() {
    String version = ScannerVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
