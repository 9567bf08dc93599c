package org.tagwarden.dashboard.program;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Evidence packs: made by a server, checked anywhere. */
@Command(
    name = "evidence",
    description = "Export a site's evidence pack, or check one without a server.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = {EvidenceExportCommand.class, EvidenceVerifyCommand.class})
public final class EvidenceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ProgramFailure.USAGE;
  }
}
