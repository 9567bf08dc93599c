package org.tagwarden.dashboard.program.up;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.tagwarden.dashboard.program.ProgramFailure;

/** Looks before anything is started whether the ports are free, so that nothing starts in vain. */
public final class Ports {
  /** The programs of an earlier run that was killed may need a moment to notice it. */
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private static final Duration LOOK = Duration.ofMillis(200);

  private Ports() {}

  /** Refuses in one sentence when the port stays taken. */
  public static void requireFree(String whose, int port, String option) {
    long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
    while (!isFree(port)) {
      if (System.nanoTime() > giveUpAt) throw taken(whose, port, option);
      try {
        Thread.sleep(LOOK.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw taken(whose, port, option);
      }
    }
  }

  static ProgramFailure taken(String whose, int port, String option) {
    return ProgramFailure.cannot(
        "Port %d (%s) is taken by another program: stop that, or choose another port with %s."
            .formatted(port, whose, option));
  }

  /** As the servers will bind it: a closed connection that lingers is no obstacle. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
