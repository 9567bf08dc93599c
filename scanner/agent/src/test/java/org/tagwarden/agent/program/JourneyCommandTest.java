package org.tagwarden.agent.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tagwarden.playground.Playground;
import org.tagwarden.playground.PlaygroundSettings;
import org.tagwarden.report.ReportCodec;
import picocli.CommandLine;

/** The command as people type it. */
class JourneyCommandTest {
  private final StringWriter screen = new StringWriter();
  private final StringWriter complaints = new StringWriter();
  private @TempDir Path folder;

  @Test
  @Tag("browser")
  void aJourneyIsToldStepByStepAndWrittenDown() throws Exception {
    Path journey =
        file(
            """
            name: Look for the till
            steps:
              - open: https://shop.nordlys-shoes.example/buy/cart
              - click: link "To the till"
                timeout: 1 s
              - press: Enter
            """);
    try (Playground playground = Playground.start(PlaygroundSettings.anyPorts(folder))) {
      List<String> arguments = new ArrayList<>(List.of(journey.toString(), "--settle", "0.2"));
      for (String mapping : playground.connectTo())
        arguments.addAll(List.of("--connect-to", mapping));
      arguments.addAll(List.of("--cacert", playground.caCertificate().toString()));
      arguments.addAll(List.of("--data", folder.resolve("scanner").toString()));
      arguments.addAll(List.of("--out", folder.resolve("out").toString()));
      assertThat(run(arguments)).as(complaints.toString()).isEqualTo(1);
    }
    assertThat(screen.toString().lines())
        .anySatisfy(l -> assertThat(l).matches(" +1 +done +\\d+\\.\\d s +open https://.*/buy/cart"))
        .anySatisfy(l -> assertThat(l).matches(" +2 +FAILED .*click the link \"To the till\""))
        .anySatisfy(l -> assertThat(l).contains("On the page are the links", "\"To the checkout\""))
        .anySatisfy(l -> assertThat(l).matches(" +3 +not reached +press Enter"))
        .anySatisfy(l -> assertThat(l).endsWith("report.json, page.har, step-2.webp"));
    assertThat(folder.resolve("out/step-2.webp")).exists();
    byte[] report = Files.readAllBytes(folder.resolve("out/report.json"));
    assertThat(ReportCodec.readReport(report).visits()).hasSize(1);
  }

  @Test
  void aJourneyThatCannotBeReadIsSaidInOneSentence() throws Exception {
    Path journey = file("name: n\nsteps:\n  - klick: button\n");
    assertThat(run(List.of(journey.toString()))).isEqualTo(2);
    assertThat(complaints.toString()).contains("Step 1: \"klick\" is no step that is known");
    assertThat(run(List.of(file("name: n\nsteps: [").toString()))).isEqualTo(2);
    assertThat(complaints.toString()).contains("is no YAML");
    assertThat(run(List.of(folder.resolve("none.yaml").toString()))).isEqualTo(2);
    assertThat(complaints.toString()).contains("There is no file");
  }

  private int run(List<String> arguments) {
    return new CommandLine(new JourneyCommand.Try())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(screen, true))
        .setErr(new PrintWriter(complaints, true))
        .execute(arguments.toArray(String[]::new));
  }

  private Path file(String yaml) throws Exception {
    return Files.writeString(Files.createTempFile(folder, "journey", ".yaml"), yaml);
  }
}
