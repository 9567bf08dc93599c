package org.tagwarden.agent.program;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.ConnectTo;
import org.tagwarden.agent.ScannerSettings;
import picocli.CommandLine.Option;

/** This machine and the way from it to the site, for what is scanned without a server. */
final class MachineOptions {
  @Option(
      names = "--resolve",
      paramLabel = "HOST:PORT:ADDRESS",
      description = "Connect to this address instead of asking the name server, as curl does.")
  private List<String> resolve = new ArrayList<>();

  @Option(
      names = "--connect-to",
      paramLabel = "H1:P1:H2:P2",
      description = "Connect to H2:P2 instead of H1:P1, as curl does.")
  private List<String> connectTo = new ArrayList<>();

  @Option(names = "--cacert", paramLabel = "FILE", description = "Further CAs to trust, PEM.")
  private @Nullable Path caCertificate;

  @Option(
      names = "--dns-server",
      paramLabel = "HOST:PORT",
      description = "Ask this DNS server what hosts are aliases of.")
  private @Nullable String dnsServer;

  @Option(
      names = "--chromium",
      paramLabel = "FILE",
      defaultValue = "${env:TAGWARDEN_SCANNER_CHROMIUM}",
      description = "The browser; else an installed one is looked for.")
  private @Nullable String chromium;

  @Option(
      names = "--chromedriver",
      paramLabel = "FILE",
      defaultValue = "${env:TAGWARDEN_SCANNER_CHROMEDRIVER}",
      description = "Its driver; else an installed one is looked for, or one is downloaded.")
  private @Nullable String chromedriver;

  @Option(names = "--no-sandbox", description = "Run Chromium without its sandbox.")
  private boolean noSandbox;

  /** A scanner on this machine; {@link IllegalArgumentException} when a mapping is none. */
  ScannerSettings settings(String name, Path data, int concurrency) {
    List<ConnectTo> mappings = new ArrayList<>();
    resolve.forEach(text -> mappings.add(ConnectTo.parseResolve(text)));
    connectTo.forEach(text -> mappings.add(ConnectTo.parseConnectTo(text)));
    return new ScannerSettings(
        name,
        data,
        mappings,
        caCertificate,
        chromium,
        chromedriver,
        concurrency,
        noSandbox,
        dnsServer,
        null);
  }
}
