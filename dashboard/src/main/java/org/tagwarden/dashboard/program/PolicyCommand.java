package org.tagwarden.dashboard.program;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** A client's authorizations as a file. */
@Command(
    name = "policy",
    description = "A client's authorizations as a YAML or CSV file: export, plan, apply.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(export | plan | apply)",
    subcommands = {
      HelpCommand.class,
      PolicyExportCommand.class,
      PolicyPlanCommand.class,
      PolicyApplyCommand.class
    })
public final class PolicyCommand extends CommandGroup {}
