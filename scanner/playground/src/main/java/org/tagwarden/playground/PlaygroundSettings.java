package org.tagwarden.playground;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where the playground listens and writes.
 *
 * @param httpPort port for http on loopback; 0 takes any free one
 * @param httpsPort port for https on loopback; 0 takes any free one
 * @param folder gets the certificate of the playground's own authority, {@code playground-ca.pem}
 */
public record PlaygroundSettings(int httpPort, int httpsPort, Path folder) {
  public PlaygroundSettings {
    requirePort(httpPort, "httpPort");
    requirePort(httpsPort, "httpsPort");
    Objects.requireNonNull(folder, "folder");
  }

  /** Any free ports: what tests want. */
  public static PlaygroundSettings anyPorts(Path folder) {
    return new PlaygroundSettings(0, 0, folder);
  }

  private static void requirePort(int port, String name) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(name + " must be 0 to 65535 but is " + port);
    }
  }
}
