package org.tagwarden.dashboard.program;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.tagwarden.dashboard.Main;
import picocli.CommandLine;

/** What a command line printed, and its exit code. */
record CommandRun(int exitCode, String out, String err) {
  static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    int exitCode = command.execute(arguments);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }
}
