package org.tagwarden.agent;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scanner needs to know about itself and its machine.
 *
 * @param name the scanner's name as its operator gave it
 * @param dataDir where the proxy's CA (made on first use, key readable by the owner alone) and
 *     passing browser profiles live
 * @param connectTo mappings of hosts to other addresses, the first that matches counts
 * @param caCertificate PEM file with further CAs that upstream certificates may be signed by, or
 *     null
 * @param chromium path of the browser, or null to look for an installed one
 * @param chromedriver path of its driver, or null to look for one and else to download it
 * @param concurrency most visits side by side, over all sites
 * @param noSandbox whether Chromium runs without its sandbox even when not root (root always has
 *     to)
 * @param dnsServer host and port of the DNS server that is asked what hosts are aliases of, or null
 *     for those of this machine
 * @param signatureAgent where the public half of the scanner's signing key is published, or null
 */
public record ScannerSettings(
    String name,
    Path dataDir,
    List<ConnectTo> connectTo,
    @Nullable Path caCertificate,
    @Nullable String chromium,
    @Nullable String chromedriver,
    int concurrency,
    boolean noSandbox,
    @Nullable String dnsServer,
    @Nullable String signatureAgent) {

  public ScannerSettings {
    if (name.isBlank()) throw new IllegalArgumentException("scanner.name is blank");
    connectTo = List.copyOf(connectTo);
    if (concurrency < 1)
      throw new IllegalArgumentException("scanner.concurrency must be at least 1");
  }
}
