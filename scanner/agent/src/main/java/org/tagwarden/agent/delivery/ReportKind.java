package org.tagwarden.agent.delivery;

/** The records that a scanner hands in, and where. */
public enum ReportKind {
  SCAN("scan-report", "api/v1/scan-reports"),
  LIGHTHOUSE("lighthouse-report", "api/v1/lighthouse-reports");

  private final String fileWord;
  private final String path;

  ReportKind(String fileWord, String path) {
    this.fileWord = fileWord;
    this.path = path;
  }

  String fileWord() {
    return fileWord;
  }

  String path() {
    return path;
  }
}
