package org.tagwarden.agent;

import org.tagwarden.agent.program.CaptureCommand;
import org.tagwarden.agent.program.IdentityCommand;
import org.tagwarden.agent.program.JourneyCommand;
import org.tagwarden.agent.program.WorkCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The scanner program: {@code work} for a server, {@code capture} for a one-off scan, {@code
 * journey} to try a journey.
 */
@Command(
    name = "tagwarden-scanner",
    description = "The scanner of Tagwarden: loads pages in a real browser and reports what ran.",
    mixinStandardHelpOptions = true,
    subcommands = {
      WorkCommand.class,
      CaptureCommand.class,
      JourneyCommand.class,
      IdentityCommand.class
    })
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** What may be typed. */
  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Main::explainUsage);
  }

  /** One sentence, which {@code tagwarden scan} passes on; the whole help would hide it. */
  private static int explainUsage(CommandLine.ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    command.getErr().println(failure.getMessage());
    command.getErr().flush();
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }
}
