package org.tagwarden.agent;

import org.tagwarden.agent.program.CaptureCommand;
import org.tagwarden.agent.program.WorkCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The scanner program: {@code work} for a server, {@code capture} for a one-off scan. */
@Command(
    name = "tagwarden-scanner",
    description = "The scanner of Tagwarden: loads pages in a real browser and reports what ran.",
    mixinStandardHelpOptions = true,
    subcommands = {WorkCommand.class, CaptureCommand.class})
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
