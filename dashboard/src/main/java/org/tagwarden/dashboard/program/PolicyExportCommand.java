package org.tagwarden.dashboard.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes what holds into a file. */
@Command(
    name = "export",
    description = "Write what holds now into FILE (.yaml or .csv; - for the terminal).",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class PolicyExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private PolicyServer server;

  @Parameters(paramLabel = "FILE", description = "Is overwritten.")
  private Path file;

  @Override
  public Integer call() {
    String format = PolicyServer.isCsv(file.toString()) ? "csv" : "yaml";
    String policy = server.call("GET", "?format=" + format, null).getString("policy");
    if (file.toString().equals("-")) {
      spec.commandLine().getOut().print(policy);
      spec.commandLine().getOut().flush();
      return 0;
    }
    try {
      Files.writeString(file, policy, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw ProgramFailure.cannot(file + " cannot be written: " + e + ".");
    }
    return 0;
  }
}
