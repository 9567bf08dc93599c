package org.tagwarden.dashboard.program;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes a file over. */
@Command(
    name = "apply",
    description = "Take FILE over, all or nothing, and say what changed.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class PolicyApplyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private PolicyServer server;

  @Option(names = "--prune", description = "Also withdraw what the file does not name.")
  private boolean prune;

  @Parameters(paramLabel = "FILE", description = "A policy, .yaml or .csv.")
  private Path file;

  @Override
  public Integer call() {
    PolicyServer.print(
        server.call("POST", "", PolicyServer.policy(file, prune)), spec.commandLine().getOut());
    return 0;
  }
}
