package org.tagwarden.dashboard.program;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A policy to compare or take over, as it is named on the command line. */
final class PolicyFile {
  @Option(names = "--prune", description = "Also withdraw what the file does not name.")
  private boolean prune;

  @Parameters(paramLabel = "FILE", description = "A policy, .yaml or .csv.")
  private Path file;

  /** As the API takes it. */
  JsonObject read() {
    try {
      String name = String.valueOf(file.getFileName());
      return new JsonObject()
          .put("policy", Files.readString(file, StandardCharsets.UTF_8))
          .put("format", PolicyServer.isCsv(name) ? "csv" : "yaml")
          .put("prune", prune);
    } catch (IOException e) {
      throw ProgramFailure.usage(
          file + (Files.exists(file) ? " cannot be read: " + e : " does not exist") + ".");
    }
  }
}
