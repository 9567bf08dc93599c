package org.tagwarden.dashboard.program;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tagwarden.collector.ServerConfig;
import org.tagwarden.dashboard.program.demo.Demo;
import org.tagwarden.dashboard.program.demo.DemoPorts;
import org.tagwarden.dashboard.program.demo.DemoStart;
import org.tagwarden.dashboard.program.up.Frame;
import org.tagwarden.dashboard.program.up.Installation;
import org.tagwarden.dashboard.program.up.LocalToken;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Everything on this machine: database, server, one scanner; with --demo something to scan, too.
 */
@Command(
    name = "up",
    description = "Run everything on this machine: PostgreSQL, server and one scanner.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class UpCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ServerOptions options = new ServerOptions();

  @Option(
      names = "--demo",
      description = "With three made-up clients, their sites, and a catcher for the mails.")
  private boolean demo;

  @Option(
      names = "--demo-ports",
      paramLabel = "HTTP,HTTPS,SMTP,MAIL",
      defaultValue = DemoPorts.DEFAULT,
      description = "Ports of the demo's sites and mail catcher (default ${DEFAULT-VALUE}).")
  private String demoPorts;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "4",
      description = "Page visits side by side (default ${DEFAULT-VALUE}).")
  private int concurrency;

  @Option(names = "--no-sandbox", description = "Run Chromium without its sandbox.")
  private boolean noSandbox;

  @Override
  public Integer call() throws Exception {
    Home home = Home.find();
    DemoPorts ports = DemoPorts.parse(demoPorts);
    Map<String, String> overrides = demo ? ports.mailSettings() : Map.of();
    ServerConfig config = options.load(home, overrides);
    if (demo) ports.requireFree();
    Installation installation = Installation.open(config, Clock.systemUTC());
    try {
      List<String> lines = demo ? startDemo(home, installation, ports) : start(home, installation);
      spec.commandLine().getOut().println(Frame.around(lines));
      spec.commandLine().getOut().flush();
    } catch (IOException | RuntimeException e) {
      installation.close();
      throw e;
    }
    installation.awaitEnd();
    return 0;
  }

  private List<String> start(Home home, Installation installation) throws IOException {
    installation.startServer();
    startScanner(home, installation, List.of());
    String url = installation.collector().config().publicUrl();
    Optional<String> setUp = installation.setUpLink();
    List<String> lines = new ArrayList<>(List.of("Tagwarden runs. Ctrl-C stops it.", ""));
    if (setUp.isPresent()) {
      lines.add("Set it up (this link works once):");
      lines.add("  " + setUp.get());
    } else {
      lines.add("Dashboard:  " + url);
    }
    return lines;
  }

  private List<String> startDemo(Home home, Installation installation, DemoPorts ports)
      throws IOException {
    Demo running = new Demo(installation, ports);
    running.startPlayground(home);
    installation.startServer();
    running.awaitPlayground();
    startScanner(home, installation, running.scannerOptions());
    DemoStart made = running.setUp();
    return List.of(
        "Tagwarden runs, with a demo. Ctrl-C stops it.",
        "",
        "Dashboard (this link signs you in, once):",
        "  " + made.signInLink(),
        "Mails that went out:",
        "  " + ports.mailAddress(),
        "",
        made.first()
            ? "The first scans are on their way: the inventory fills within two minutes."
            : "The sites are scanned as their schedules say; \"Scan now\" does it at once.");
  }

  private void startScanner(Home home, Installation installation, List<String> more)
      throws IOException {
    Path token =
        LocalToken.ofScanner(installation.data(), installation.collector().access().tokens());
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("work", "--end-with-stdin", "--server", installation.localAddress()));
    arguments.addAll(List.of("--token-file", token.toString()));
    arguments.addAll(List.of("--data", installation.data().sub("scanner").toString()));
    arguments.addAll(List.of("--concurrency", String.valueOf(concurrency)));
    if (noSandbox) arguments.add("--no-sandbox");
    arguments.addAll(more);
    installation.run("scanner", home.agent(arguments.toArray(String[]::new)));
  }
}
