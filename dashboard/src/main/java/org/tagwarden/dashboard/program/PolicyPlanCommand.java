package org.tagwarden.dashboard.program;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
  @Mixin private PolicyFile file;

  @Override
  public Integer call() {
    PolicyServer.print(server.call("POST", "/plan", file.read()), spec.commandLine().getOut());
    return 0;
  }
}
