package org.tagwarden.dashboard.program.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.dashboard.program.Home;
import org.tagwarden.dashboard.program.ProgramFailure;
import org.tagwarden.dashboard.program.up.Child;
import org.tagwarden.dashboard.program.up.Installation;
import org.tagwarden.dashboard.program.up.LocalToken;
import org.tagwarden.dashboard.program.up.Ports;

/** Runs the playground beside the server and fills the server with what is to be scanned there. */
public final class Demo {
  private static final long PATIENCE_MS = 60_000;
  private static final long LOOK_MS = 100;

  private final Installation installation;
  private final DemoPorts ports;
  private @Nullable Child playground;

  public Demo(Installation installation, DemoPorts ports) {
    this.installation = installation;
    this.ports = ports;
  }

  /** Starts the sites and the mail catcher. */
  public void startPlayground(Home home) throws IOException {
    Files.deleteIfExists(authority());
    playground =
        installation.run(
            "playground",
            home.playground(
                "--end-with-stdin",
                "--http-port",
                String.valueOf(ports.http()),
                "--https-port",
                String.valueOf(ports.https()),
                "--smtp-port",
                String.valueOf(ports.smtp()),
                "--mail-port",
                String.valueOf(ports.mail()),
                "--folder",
                installation.data().sub("playground").toString()));
  }

  /** Returns when the sites and the mail catcher answer. */
  public void awaitPlayground() throws IOException {
    long giveUpAt = System.currentTimeMillis() + PATIENCE_MS;
    while (!Files.exists(authority())
        || Ports.isFree(ports.https())
        || Ports.isFree(ports.mail())) {
      if (playground == null || !playground.isAlive() || System.currentTimeMillis() > giveUpAt)
        throw ProgramFailure.cannot(
            "The demo's sites did not start: see "
                + installation.data().path().resolve("logs/playground.log"));
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ProgramFailure.cannot("Interrupted while the demo's sites were starting.");
    }
  }

  /** How the scanner reaches the playground under its host names. */
  public List<String> scannerOptions() throws IOException {
    return List.of(
        "--cacert", authority().toString(),
        "--connect-to", ":80:127.0.0.1:" + ports.http(),
        "--connect-to", ":443:127.0.0.1:" + ports.https());
  }

  private Path authority() throws IOException {
    return installation.data().sub("playground").resolve("playground-ca.pem");
  }

  /** Fills an empty server. */
  public DemoStart setUp() throws IOException {
    LocalToken.ofDemo(installation.data(), installation.collector().access().tokens());
    return new DemoClients(installation.collector()).setUp();
  }
}
