package org.tagwarden.dashboard.program;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
  @Mixin private PolicyFile file;

  @Override
  public Integer call() {
    PolicyServer.print(server.call("POST", "", file.read()), spec.commandLine().getOut());
    return 0;
  }
}
