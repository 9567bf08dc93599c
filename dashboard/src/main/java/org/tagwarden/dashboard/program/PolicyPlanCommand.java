package org.tagwarden.dashboard.program;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what applying a file would change. */
@Command(
    name = "plan",
    description = "Say what applying FILE would change; changes nothing.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class PolicyPlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private PolicyServer server;

  @Option(names = "--prune", description = "Also withdraw what the file does not name.")
  private boolean prune;

  @Parameters(paramLabel = "FILE", description = "A policy, .yaml or .csv.")
  private Path file;

  @Override
  public Integer call() {
    PolicyServer.print(
        server.call("POST", "/plan", PolicyServer.policy(file, prune)),
        spec.commandLine().getOut());
    return 0;
  }
}
