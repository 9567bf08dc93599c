package org.tagwarden.dashboard.program;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.ServerConfig;
import org.tagwarden.dashboard.program.up.Installation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The server alone; scanners on other machines take its jobs. */
@Command(
    name = "serve",
    description = "Run the server alone; scanners connect to it with: tagwarden work.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  @Mixin private ServerOptions options = new ServerOptions();

  @Override
  public Integer call() throws Exception {
    Home home = Home.find();
    ServerConfig config = options.load(home, Map.of());
    LOG.info("Settings:\n{}", options.describe(home, Map.of()));
    Installation installation = Installation.open(config, Clock.systemUTC());
    try {
      serve(installation);
    } catch (IOException | RuntimeException e) {
      installation.close();
      throw e;
    }
    installation.awaitEnd();
    return 0;
  }

  private static void serve(Installation installation) throws IOException {
    installation.startServer();
    installation
        .setUpLink()
        .ifPresent(link -> LOG.info("Nobody has an account yet. Set up the first: {}", link));
    LOG.info("Serving {}", installation.collector().config().publicUrl());
  }
}
