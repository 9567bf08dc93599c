package org.tagwarden.dashboard.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tagwarden.dashboard.Main;

/** What README and docs tell people to type has to work. */
class ReadmeTest {
  private static final Path HOME = Home.find().folder();
  private static final String PROGRAM = "scripts/tagwarden ";

  /** Another program's, and another test's: PrintedCommandsTest. */
  private static final Set<String> OF_THE_SCANNER = Set.of("work", "journey", "identity");

  @Test
  void every_printed_command_line_is_understood() throws IOException {
    List<String> lines = commandLines();
    assertThat(lines).hasSizeGreaterThan(5);
    for (String line : lines) {
      String[] arguments = line.substring(PROGRAM.length()).strip().split("\\s+");
      if (OF_THE_SCANNER.contains(arguments[0])) continue;
      assertThatCode(() -> Main.commandLine().parseArgs(arguments))
          .as(line)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void every_file_that_a_page_links_to_exists() throws IOException {
    for (Path page : pages()) {
      var links =
          java.util.regex.Pattern.compile("\\]\\((?!http)([^)#]+)[^)]*\\)")
              .matcher(Files.readString(page));
      while (links.find()) {
        String target = links.group(1);
        if (target.startsWith("docs/images/")) continue; // pictures are made from a running demo
        assertThat(page.resolveSibling(target).normalize()).as(page + " links to it").exists();
      }
    }
  }

  private static List<String> commandLines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path page : pages()) {
      boolean code = false;
      for (String line : Files.readAllLines(page)) {
        if (line.startsWith("```")) code = line.equals("```bash");
        else if (code && line.startsWith(PROGRAM)) lines.add(line.replaceAll("\\s+#.*", ""));
      }
    }
    return lines;
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(HOME.resolve("README.md")));
    try (Stream<Path> docs = Files.list(HOME.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }
}
