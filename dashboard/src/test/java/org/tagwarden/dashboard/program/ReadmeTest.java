package org.tagwarden.dashboard.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.tagwarden.dashboard.Main;
import org.tagwarden.fixtures.PrintedCommands;

/** What README and docs tell people to type and to read has to be there. */
class ReadmeTest {
  private static final PrintedCommands PRINTED = new PrintedCommands(Home.find().folder());
  private static final Pattern LINK = Pattern.compile("\\]\\((?!http)([^)#]+)[^)]*\\)");

  @Test
  void every_printed_command_line_is_understood() throws IOException {
    List<List<String>> commands = PRINTED.ofTheServer();
    assertThat(commands).hasSizeGreaterThan(5);
    for (List<String> arguments : commands)
      assertThatCode(() -> Main.commandLine().parseArgs(arguments.toArray(String[]::new)))
          .as(String.join(" ", arguments))
          .doesNotThrowAnyException();
  }

  @Test
  void every_file_that_a_page_links_to_exists() throws IOException {
    for (Path page : PRINTED.pages()) {
      var links = LINK.matcher(Files.readString(page));
      while (links.find()) {
        String target = links.group(1);
        if (target.startsWith("docs/images/")) continue; // pictures are made from a running demo
        assertThat(page.resolveSibling(target).normalize()).as(page + " links to it").exists();
      }
    }
  }
}
