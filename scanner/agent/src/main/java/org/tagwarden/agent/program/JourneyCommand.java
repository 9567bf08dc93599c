package org.tagwarden.agent.program;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.ScanOrder;
import org.tagwarden.agent.ScannerSettings;
import org.tagwarden.agent.ScannerUnfitException;
import org.tagwarden.agent.SiteScan;
import org.tagwarden.report.Journey;
import org.tagwarden.report.JourneyReader;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.VisitOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Journeys, by hand: {@code tagwarden journey try FILE}. */
@Command(
    name = "journey",
    description = "Journeys: scripted steps over several pages.",
    mixinStandardHelpOptions = true,
    subcommands = JourneyCommand.Try.class)
public final class JourneyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "Say which journey: tagwarden journey try FILE.");
  }

  /** Plays a journey once and tells each step. */
  @Command(
      name = "try",
      description = "Play a journey once, print how each step went, write what was seen.",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      exitCodeOnInvalidInput = 2,
      exitCodeOnExecutionException = 3,
      exitCodeListHeading = "Exit codes:%n",
      exitCodeList = {
        "0:every step was done",
        "1:a step failed",
        "2:the command or the journey is wrong",
        "3:this machine cannot scan"
      },
      footer = {
        "",
        "Writes report.json (the evidence), page.har (for other tools) and, of a step that failed,",
        "a picture. Secrets: ${secret:NAME} is the environment variable TAGWARDEN_SECRET_NAME.",
        "Example: tagwarden journey try configs/journeys/buy-a-pair-of-shoes.yaml"
      })
  static final class Try implements Callable<Integer> {
    private static final int MILLIS = 1_000;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm");

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The journey; see configs/journeys.")
    private Path file;

    @Option(names = "--sign-in", paramLabel = "FILE", description = "A journey to sign in first.")
    private @Nullable Path signIn;

    @Option(
        names = {"-o", "--out"},
        paramLabel = "DIR",
        description = "Where the files go; else ./tagwarden-journey-DATE.")
    private @Nullable Path out;

    @Option(
        names = "--data",
        paramLabel = "DIR",
        defaultValue = ".tagwarden/scanner",
        description = "The scanner's folder: its CA, its secrets (default ${DEFAULT-VALUE}).")
    private Path data;

    @Option(
        names = "--settle",
        paramLabel = "SECONDS",
        defaultValue = "3.5",
        description = "Each page's least time for late tags (default ${DEFAULT-VALUE}).")
    private double settle;

    @Option(
        names = {"-m", "--timeout"},
        paramLabel = "SECONDS",
        defaultValue = "60",
        description = "Longest time on each page (default ${DEFAULT-VALUE}).")
    private double timeout;

    @Mixin private VisitorOptions visitor;

    @Mixin private MachineOptions machine;

    @Override
    public Integer call() throws IOException {
      ScanOrder order;
      ScannerSettings settings;
      try {
        Journey first = signIn == null ? null : read(signIn);
        order =
            new ScanOrder(UUID.randomUUID(), PageSet.NONE, options(), List.of(read(file)), first);
        settings = machine.settings("one-off", data.toAbsolutePath(), 1);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
      }
      PrintWriter screen = spec.commandLine().getOut();
      JourneyEvents events = new JourneyEvents(screen);
      try (SiteScan scan = new SiteScan(settings)) {
        // Exit hooks do not unwind this stack: Ctrl-C must not leave a browser behind.
        Runtime.getRuntime().addShutdownHook(new Thread(scan::close, "close-browser"));
        scan.scan(order, events);
        Path folder = out == null ? Path.of("tagwarden-journey-" + now()) : out;
        events.write(Files.createDirectories(folder), order.scanId(), scan.identity());
        return events.failed() ? 1 : 0;
      } catch (ScannerUnfitException e) {
        spec.commandLine().getErr().println(e.getMessage());
        return 3;
      }
    }

    private static String now() {
      return STAMP.format(LocalDateTime.now(Clock.systemDefaultZone()));
    }

    private static Journey read(Path yaml) throws IOException {
      try {
        return JourneyReader.read(YAMLMapper.builder().build().readTree(yaml.toFile()));
      } catch (JsonProcessingException e) {
        int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
        throw new IllegalArgumentException(
            yaml
                + " is no YAML"
                + (line > 0 ? ", from line " + line + " on: " : ": ")
                + e.getOriginalMessage().lines().findFirst().orElse("")
                + ". A text with a colon, a brace or a # stands in quotes.",
            e);
      } catch (NoSuchFileException | java.io.FileNotFoundException e) {
        throw new IllegalArgumentException("There is no file " + yaml + ".", e);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(yaml + ": " + e.getMessage(), e);
      }
    }

    private VisitOptions options() {
      return visitor.applyTo(
          VisitOptions.DEFAULT
              .but()
              .settleMs(Math.round(settle * MILLIS))
              .timeoutMs(Math.round(timeout * MILLIS))
              .concurrency(1)
              .build());
    }
  }
}
