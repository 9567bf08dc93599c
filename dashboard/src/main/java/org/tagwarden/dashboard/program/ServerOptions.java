package org.tagwarden.dashboard.program;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.ServerConfig;
import org.tagwarden.collector.config.ConfigException;
import picocli.CommandLine.Option;

/** The options that {@code serve} and {@code up} share; they win over environment and file. */
final class ServerOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings; configs/server.yaml documents them all.")
  private @Nullable Path config;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where everything is kept; else .tagwarden in the project folder.")
  private @Nullable Path data;

  @Option(names = "--port", paramLabel = "N", description = "The server's port; else 8844.")
  private @Nullable Integer port;

  /** The settings in force. */
  ServerConfig load(Home home, Map<String, String> overrides) {
    Map<String, String> environment = environment(home);
    environment.putAll(overrides);
    try {
      return ServerConfig.load(config, environment);
    } catch (ConfigException e) {
      throw ProgramFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  /** What is in force, for the log. */
  String describe(Home home, Map<String, String> overrides) {
    Map<String, String> environment = environment(home);
    environment.putAll(overrides);
    return ServerConfig.describe(config, environment);
  }

  private Map<String, String> environment(Home home) {
    if (config != null && !Files.isReadable(config))
      throw ProgramFailure.usage("--config: " + config + " cannot be read.");
    Map<String, String> environment = new HashMap<>(System.getenv());
    if (data != null) environment.put("TAGWARDEN_DATA_DIR", data.toAbsolutePath().toString());
    else if (config == null)
      environment.putIfAbsent("TAGWARDEN_DATA_DIR", home.folder().resolve(".tagwarden").toString());
    if (port != null) environment.put("TAGWARDEN_PORT", port.toString());
    return environment;
  }
}
