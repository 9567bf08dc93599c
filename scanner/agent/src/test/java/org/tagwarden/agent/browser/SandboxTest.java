package org.tagwarden.agent.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxTest {
  private static final List<String> GRANTED = List.of("true");
  private static final List<String> REFUSED = List.of("false");

  /** "nobody", whom every Linux has; the test's own user where that is no root. */
  private static final List<String> AS_ORDINARY_USER =
      "root".equals(System.getProperty("user.name"))
          ? List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
          : List.of();

  private @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"false,false,false", "true,false,true", "false,true,true", "true,true,true"})
  void theSandboxIsLeftOutForRootAndForWhomeverAsksForItOnly(
      boolean root, boolean told, boolean without) {
    List<String> flags = Flags.of(settings(told), 156, folder, root);
    assertThat(flags.contains("--no-sandbox")).isEqualTo(without);
  }

  @Test
  void onlyOneListOfDisabledFeaturesIsGivenSinceTheLastOneWouldCount() {
    assertThat(Flags.of(settings(false), 156, folder, false))
        .filteredOn(flag -> flag.startsWith("--disable-features="))
        .hasSize(1);
  }

  @Test
  void whatKeepsUserNamespacesFromUsersIsNamed() throws IOException {
    assertThat(new Sandbox(folder, REFUSED).refusal())
        .contains("as in most containers", "--no-sandbox");
    Path kernel = Files.createDirectories(folder.resolve("sys/kernel"));
    Files.writeString(kernel.resolve("apparmor_restrict_unprivileged_userns"), "1\n");
    assertThat(new Sandbox(folder, REFUSED).refusal())
        .contains("(kernel.apparmor_restrict_unprivileged_userns is 1)", "chromium-sandbox");
    assertThat(new Sandbox(folder, GRANTED).refusal()).isNull();
    assertThat(new Sandbox(folder, List.of("/no/such/program")).refusal()).isNull();
  }

  @Test
  @Tag("browser")
  @Timeout(60)
  void thePagesOfAnOrdinaryUsersBrowserAreInTheSandbox() throws Exception {
    List<String> probe = new ArrayList<>(AS_ORDINARY_USER);
    probe.addAll(List.of("unshare", "--user", "--map-root-user", "true"));
    assumeTrue(new Sandbox(Path.of("/proc"), probe).refusal() == null, "no user namespaces here");
    Path profile = Files.createTempDirectory("tagwarden-sandbox"); // where nobody may go, too
    Files.setAttribute(profile, "unix:mode", 0777);
    List<String> command = new ArrayList<>(AS_ORDINARY_USER);
    command.add(InstalledBrowser.find(null).path().toString());
    command.addAll(Flags.of(settings(false), 156, profile, false));
    command.add("about:blank");
    Process browser =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      ProcessHandle page = renderer(browser, profile);
      for (int i = 0; i < 100 && !status(page).contains("Seccomp:\t2"); i++) Thread.sleep(50);
      assertThat(status(page)).contains("Seccomp:\t2", "NoNewPrivs:\t1");
    } finally {
      RunningProgram.using(profile).forEach(ProcessHandle::destroyForcibly);
      browser.waitFor(10, TimeUnit.SECONDS);
      ProfileFolder.delete(profile);
    }
  }

  /** Waits for the process of the blank page: nobody tells when it is there. */
  private static ProcessHandle renderer(Process browser, Path profile) throws Exception {
    while (true) {
      assertThat(browser.isAlive()).as("the browser runs").isTrue();
      Optional<ProcessHandle> page =
          RunningProgram.using(profile).stream()
              .filter(p -> RunningProgram.commandLine(p).contains("--type=renderer"))
              .findFirst();
      if (page.isPresent()) return page.get();
      Thread.sleep(50);
    }
  }

  private static String status(ProcessHandle process) throws IOException {
    return Files.readString(Path.of("/proc/" + process.pid() + "/status"));
  }

  private BrowserSettings settings(boolean noSandbox) {
    return new BrowserSettings(null, null, folder, "spki", noSandbox);
  }
}
