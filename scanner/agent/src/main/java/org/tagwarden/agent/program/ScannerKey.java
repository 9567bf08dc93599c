package org.tagwarden.agent.program;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The keys of the scanner's settings: name in the file, default, and what it is for. */
enum ScannerKey {
  SERVER("server", null, "address of the server, for example https://tagwarden.example.org"),
  TOKEN("token", null, "the scanner's token; better given by token-file or by the environment"),
  TOKEN_FILE("token-file", null, "file that holds the token alone, readable by the scanner only"),
  NAME("name", "scanner-1", "the name that the server shows for this scanner"),
  DATA_DIR(
      "data-dir", ".tagwarden/scanner", "folder of the proxy's CA and the spool; one per scanner"),
  JOBS("jobs", "2", "most jobs side by side; a Lighthouse run is always alone"),
  CONCURRENCY("concurrency", "4", "most page visits side by side, over all jobs"),
  CONNECT_TO("connect-to", "", "list of HOST1:PORT1:HOST2:PORT2, as curl's --connect-to"),
  CA_CERTIFICATE("ca-certificate", null, "PEM file with further CAs to trust, for internal sites"),
  CHROMIUM("chromium", null, "path of the browser; else an installed one is looked for"),
  CHROMEDRIVER("chromedriver", null, "path of its driver; else one is looked for, or downloaded"),
  DNS_SERVER("dns-server", null, "HOST:PORT asked for CNAMEs; else this machine's DNS servers"),
  NO_SANDBOX("no-sandbox", "false", "run Chromium without its sandbox (root always has to)"),
  LIGHTHOUSE("lighthouse", "true", "whether this scanner takes Lighthouse jobs"),
  SIGNATURE_AGENT(
      "signature-agent",
      null,
      "https address where the public half of the signing key is published"),
  SPOOL_LIMIT_MEGABYTES(
      "spool-limit-megabytes", "2000", "no new jobs while more than this waits for the server");

  private final String key;
  private final @Nullable String fallback;
  private final String purpose;

  ScannerKey(String key, @Nullable String fallback, String purpose) {
    this.key = key;
    this.fallback = fallback;
    this.purpose = purpose;
  }

  /** Its name in the settings file. */
  String key() {
    return key;
  }

  /** Its value when nobody sets it; null when it then stays unset. */
  @Nullable String fallback() {
    return fallback;
  }

  String purpose() {
    return purpose;
  }

  /** Its name in the environment: TAGWARDEN_SCANNER_CONNECT_TO. */
  String variable() {
    return "TAGWARDEN_SCANNER_" + name().toUpperCase(Locale.ROOT);
  }

  static @Nullable ScannerKey of(String key) {
    for (ScannerKey known : values()) if (known.key.equals(key)) return known;
    return null;
  }
}
