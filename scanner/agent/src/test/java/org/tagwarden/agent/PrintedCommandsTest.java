package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tagwarden.fixtures.PrintedCommands;

/** What README and docs tell people to type to the scanner has to work. */
class PrintedCommandsTest {
  @Test
  void everyPrintedCommandLineIsUnderstood() throws IOException {
    List<List<String>> commands = new PrintedCommands(Path.of("../..")).ofTheScanner();
    assertThat(commands)
        .anySatisfy(arguments -> assertThat(arguments).startsWith("journey", "try"));
    for (List<String> arguments : commands)
      assertThatCode(() -> Main.commandLine().parseArgs(arguments.toArray(String[]::new)))
          .as(String.join(" ", arguments))
          .doesNotThrowAnyException();
  }
}
