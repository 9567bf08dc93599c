package org.tagwarden.agent.browser;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.bonigarcia.wdm.WebDriverManager;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.agent.ScannerUnfitException;

/** A Chromium started through Selenium, with its driver and its profile folder. */
final class BrowserProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BrowserProcess.class);

  /**
   * Selenium warns of DevTools versions, which nothing here takes from it. Held, or it is reset.
   */
  private static final java.util.logging.Logger SELENIUM =
      java.util.logging.Logger.getLogger("org.openqa.selenium");

  static {
    SELENIUM.setLevel(java.util.logging.Level.SEVERE);
  }

  private static final String NETWORK = "--utility-sub-type=network.mojom.NetworkService";

  private final ProfileFolder profile;
  private final OrphanWatch watch;
  private final DiskWatch disk;
  private final ChromeDriverService service;
  private final ChromeDriver driver;
  private final URI devTools;

  private BrowserProcess(
      ProfileFolder profile,
      OrphanWatch watch,
      ChromeDriverService service,
      ChromeDriver driver,
      URI devTools) {
    this.profile = profile;
    this.watch = watch;
    this.disk = DiskWatch.over(profile.path());
    this.service = service;
    this.driver = driver;
    this.devTools = devTools;
  }

  static BrowserProcess start(BrowserSettings settings, HttpClient http) {
    InstalledBrowser chromium = InstalledBrowser.find(settings.chromium());
    Path chromedriver = driverFor(chromium, settings.chromedriver());
    ProfileFolder profile = ProfileFolder.create(settings.profiles());
    OrphanWatch watch = OrphanWatch.over(profile.path());
    ChromeDriverService service = null;
    try {
      service = service(chromedriver, profile.path());
      ChromeDriver driver = new ChromeDriver(service, options(settings, chromium, profile.path()));
      return new BrowserProcess(profile, watch, service, driver, devTools(driver, http));
    } catch (WebDriverException e) {
      if (service != null) service.stop();
      profile.close();
      watch.close();
      throw new ScannerUnfitException(whyNot(chromium, settings, e), e);
    }
  }

  /** Silent; its log is named so that the driver, too, has the profile on its command line. */
  private static ChromeDriverService service(Path chromedriver, Path profile) {
    return new ChromeDriverService.Builder()
        .usingDriverExecutable(chromedriver.toFile())
        .usingAnyFreePort()
        .withSilent(true)
        .withLogFile(profile.resolve("chromedriver.log").toFile())
        .withEnvironment(BrowserEnvironment.over(System.getenv(), profile))
        .build();
  }

  URI devTools() {
    return devTools;
  }

  /**
   * The process that speaks to the network for the browser. When it ends Chromium starts another,
   * but what was under way is lost without a word: better to begin anew.
   */
  Optional<ProcessHandle> network() {
    String profileFlag = "--user-data-dir=" + profile.path();
    return ProcessHandle.current()
        .descendants()
        .filter(p -> RunningProgram.commandLine(p).contains(profileFlag))
        .flatMap(ProcessHandle::descendants)
        .filter(p -> RunningProgram.commandLine(p).contains(NETWORK))
        .findFirst();
  }

  List<Integer> ports() {
    return List.of(devTools.getPort(), service.getUrl().getPort());
  }

  @Override
  public void close() {
    disk.close();
    try {
      driver.quit();
    } catch (WebDriverException e) {
      LOG.debug("The browser was gone before it could be closed", e);
    }
    service.stop();
    profile.close();
    watch.close();
  }

  private static ChromeOptions options(
      BrowserSettings settings, InstalledBrowser chromium, Path profile) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(new File(chromium.path().toString()));
    options.addArguments(Flags.of(settings, chromium.major(), profile, isRoot()));
    // Without a log: it would hold whatever pages write to their consoles.
    options.setExperimentalOption(
        "excludeSwitches", List.of("enable-automation", "enable-logging", "log-level"));
    return options;
  }

  private static Path driverFor(InstalledBrowser chromium, @Nullable String configured) {
    if (configured != null) {
      InstalledBrowser driver = InstalledBrowser.ask(Path.of(configured));
      if (driver != null) return driver.path();
      throw new ScannerUnfitException(
          "The configured chromedriver "
              + configured
              + " does not run. Set it to one for Chromium "
              + chromium.major()
              + ".");
    }
    InstalledBrowser installed = InstalledBrowser.findDriver(chromium.major());
    if (installed != null) return installed.path();
    try {
      WebDriverManager download =
          WebDriverManager.chromedriver().browserVersion(Integer.toString(chromium.major()));
      download.setup();
      return Path.of(download.getDownloadedDriverPath());
    } catch (RuntimeException e) {
      throw new ScannerUnfitException(
          "No chromedriver for Chromium "
              + chromium.major()
              + " is installed, and it could not be downloaded. Install it (Debian, Ubuntu: apt-get"
              + " install chromium-driver) or name one with --chromedriver.",
          e);
    }
  }

  private static URI devTools(ChromeDriver driver, HttpClient http) {
    Object options = driver.getCapabilities().getCapability("goog:chromeOptions");
    Object address = options instanceof Map<?, ?> map ? map.get("debuggerAddress") : null;
    if (address == null) throw new WebDriverException("The driver names no debuggerAddress");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + "/json/version"))
            .timeout(Duration.ofSeconds(10))
            .build();
    try {
      String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return URI.create(new JsonMapper().readTree(body).path("webSocketDebuggerUrl").asText());
    } catch (IOException e) {
      throw new WebDriverException("DevTools does not answer at " + address, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WebDriverException("Interrupted while starting the browser", e);
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static String whyNot(
      InstalledBrowser chromium, BrowserSettings settings, WebDriverException e) {
    String refusal = Sandbox.off(settings, isRoot()) ? null : new Sandbox().refusal();
    if (refusal != null) return "Chromium at " + chromium.path() + " gets no sandbox: " + refusal;
    String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown");
    return "Chromium "
        + chromium.version()
        + " at "
        + chromium.path()
        + " did not start: "
        + first
        + " Start it by hand: it names what is missing.";
  }
}
