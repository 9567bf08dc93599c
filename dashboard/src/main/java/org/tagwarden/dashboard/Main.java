package org.tagwarden.dashboard;

import org.slf4j.LoggerFactory;
import org.tagwarden.collector.vendors.InvalidVendorFileException;
import org.tagwarden.dashboard.program.AuditCommand;
import org.tagwarden.dashboard.program.DoctorCommand;
import org.tagwarden.dashboard.program.EvidenceCommand;
import org.tagwarden.dashboard.program.ExplainCommand;
import org.tagwarden.dashboard.program.PolicyCommand;
import org.tagwarden.dashboard.program.ProgramFailure;
import org.tagwarden.dashboard.program.ScanCommand;
import org.tagwarden.dashboard.program.SecondFactorCommand;
import org.tagwarden.dashboard.program.ServeCommand;
import org.tagwarden.dashboard.program.UpCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program behind {@code scripts/tagwarden}. */
@Command(
    name = "tagwarden",
    description = "Which third-party code runs on your sites, who let it in, what it costs.",
    mixinStandardHelpOptions = true,
    version = "Tagwarden 0.1.0",
    subcommands = {
      UpCommand.class,
      ServeCommand.class,
      ScanCommand.class,
      ExplainCommand.class,
      PolicyCommand.class,
      AuditCommand.class,
      EvidenceCommand.class,
      SecondFactorCommand.class,
      DoctorCommand.class
    },
    footer = {
      "",
      "  work      take scan jobs from a server (a scanner alone): see work --help",
      "  journey   try a journey step by step: see journey try --help",
      "  identity  print the key by which sites know the scanner: see identity --help",
      "",
      "Exit codes: 0 done, 1 findings at or above --fail-on, 2 wrong usage, 3 could not be done."
    })
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    // Read by logback.xml when the first logger is made: only what runs for long tells its story.
    boolean runsForLong =
        arguments.length > 0 && (arguments[0].equals("up") || arguments[0].equals("serve"));
    System.setProperty("tagwarden.log.level", runsForLong ? "INFO" : "WARN");
    System.exit(commandLine().execute(arguments));
  }

  /** The command line with its exit codes and its one way to tell of a failure. */
  public static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::explainUsage)
        .setExecutionExceptionHandler(Main::explainFailure);
  }

  /** A known failure is one sentence; for an unknown one the log has the place. */
  private static int explainFailure(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    if (failure instanceof ProgramFailure known) {
      command.getErr().println("tagwarden: " + known.getMessage());
      command.getErr().flush();
      return known.exitCode();
    }
    if (failure instanceof InvalidVendorFileException wrong) {
      command.getErr().println("tagwarden: " + wrong.getMessage());
      command.getErr().flush();
      return ProgramFailure.CANNOT;
    }
    LoggerFactory.getLogger(Main.class).error("Unexpected failure", failure);
    command.getErr().println("tagwarden: it could not be done: " + failure.getMessage());
    command.getErr().flush();
    return ProgramFailure.CANNOT;
  }

  /** One sentence and where to read on; the whole help would hide it. */
  private static int explainUsage(CommandLine.ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    command.getErr().println("tagwarden: " + failure.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(failure, command.getErr());
    command.getErr().println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    command.getErr().flush();
    return ProgramFailure.USAGE;
  }
}
