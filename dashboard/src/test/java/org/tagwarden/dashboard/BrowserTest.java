package org.tagwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The pages in a real browser: with scripts, at two widths, light and dark. */
@Tag("browser")
@Tag("database")
class BrowserTest {
  private static final String REPEATED_IDS =
      "return [...document.querySelectorAll('[id]')].map(e => e.id)"
          + ".filter((id, i, all) => all.indexOf(id) !== i)";
  private static DemoServer server;
  private static Path profile;
  private static ChromeDriver browser;
  private static WebDriverWait patience;

  @BeforeAll
  static void start() throws IOException {
    server = DemoServer.filled();
    profile = Files.createTempDirectory("tagwarden-browser");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1440,900",
        "--user-data-dir=" + profile);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    browser = new ChromeDriver(options);
    patience = new WebDriverWait(browser, Duration.ofSeconds(20));
  }

  @AfterAll
  static void stop() throws IOException {
    if (browser != null) browser.quit();
    server.close();
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  @BeforeEach
  void forget() {
    browser.get(server.url() + "/sign-in");
    browser.manage().deleteAllCookies();
    wide(1440);
    browser.manage().logs().get(LogType.BROWSER);
  }

  private static void wide(int width) {
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 500));
  }

  private static void signedIn(String email) {
    Cookie session =
        new Cookie.Builder("tagwarden_session", server.session(email).token()).path("/").build();
    browser.manage().addCookie(session);
  }

  private static String shop(String rest) {
    return server.url() + "/sites/" + server.siteId("Nordwind Shop") + rest;
  }

  private static void waitForText(By where, String text) {
    patience.until(b -> b.findElements(where).stream().anyMatch(e -> e.getText().contains(text)));
  }

  private static List<String> complaints() {
    return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  @Test
  void somebody_signs_in_finds_a_tag_and_approves_it() {
    browser.get(server.url() + "/sign-in");
    browser.findElement(By.id("email")).sendKeys(DemoServer.APPROVER);
    browser.findElement(By.id("password")).sendKeys(DemoServer.PASSWORD, Keys.ENTER);
    waitForText(By.tagName("h1"), "Overview");

    browser.findElement(By.linkText("Nordwind Shop")).click();
    waitForText(By.tagName("h1"), "Nordwind Shop");
    new Select(browser.findElement(By.id("state"))).selectByValue("undecided");
    patience.until(b -> b.getCurrentUrl().contains("state=undecided"));
    patience.until(b -> b.findElements(By.linkText("Intercom Messenger")).isEmpty());
    browser.findElement(By.id("q")).sendKeys("criteo");
    patience.until(b -> b.findElements(By.cssSelector("#tags tbody tr")).size() == 1);

    browser.findElement(By.linkText("Criteo OneTag")).click();
    waitForText(By.tagName("h1"), "Criteo OneTag");
    browser.findElement(By.cssSelector("input[value=APPROVED]")).click();
    browser.findElement(By.id("justification")).sendKeys("Retargeting, agreed with the DPO");
    browser.findElement(By.xpath("//button[.='Save decision']")).click();
    waitForText(By.cssSelector(".note.good"), "is in the book");
    assertThat(browser.findElement(By.cssSelector(".head .badge")).getText()).isEqualTo("Approved");
    assertThat(browser.findElement(By.cssSelector("[aria-labelledby=history]")).getText())
        .contains("Retargeting, agreed with the DPO")
        .contains("Tom Brandt");
    assertThat(complaints()).isEmpty();
  }

  @Test
  void a_decision_without_a_justification_is_not_sent() {
    signedIn(DemoServer.APPROVER);
    int tag =
        server.id(
            "SELECT id FROM tag WHERE key = 'hotjar' AND site_id = $1",
            server.siteId("Nordwind Shop"));
    browser.get(shop("/tags/" + tag));
    browser.findElement(By.cssSelector("input[value=APPROVED]")).click();
    WebElement justification = browser.findElement(By.id("justification"));
    browser.findElement(By.xpath("//button[.='Save decision']")).click();
    assertThat(browser.executeScript("return arguments[0].validity.valueMissing", justification))
        .isEqualTo(true);
    assertThat(browser.findElement(By.cssSelector(".head .badge")).getText()).isEqualTo("Refused");
  }

  @Test
  void no_page_complains_or_is_wider_than_a_phone() {
    signedIn(DemoServer.ADMIN);
    int tag =
        server.id(
            "SELECT id FROM tag WHERE key = 'hotjar' AND site_id = $1",
            server.siteId("Nordwind Shop"));
    int finding =
        server.id(
            "SELECT id FROM finding WHERE check_id = 'unapproved-script' ORDER BY id LIMIT 1");
    int findingSite = server.id("SELECT site_id FROM finding WHERE id = $1", finding);
    String scan =
        server.text(
            "SELECT id::text FROM scan WHERE site_id = $1 AND state = 'DONE' LIMIT 1",
            server.siteId("Nordwind Shop"));
    List<String> pages =
        List.of(
            server.url() + "/",
            server.url() + "/sites/new",
            server.url() + "/findings",
            server.url() + "/alerts",
            server.url() + "/alerts/rules",
            shop("/owners"),
            shop("/standard"),
            server.url() + "/access",
            server.url() + "/authorizations",
            server.url() + "/authorizations/new",
            server.url() + "/authorizations/policy",
            server.url() + "/requests",
            server.url() + "/access/people/1",
            server.url() + "/account",
            server.url() + "/audit",
            server.url() + "/sites/" + findingSite + "/findings/" + finding,
            server.url() + "/sites/" + server.siteId("Atelier Lumen") + "/tags",
            server.url() + "/sites/" + server.siteId("Atelier Lumen") + "/performance",
            shop("/tags"),
            shop("/tags/" + tag),
            shop("/findings"),
            shop("/scans"),
            shop("/scans/" + scan),
            shop("/performance"),
            shop("/schedule"));
    for (int width : new int[] {390, 1440}) {
      wide(width);
      for (String page : pages) {
        browser.get(page);
        long scrolled = (Long) browser.executeScript("return document.documentElement.scrollWidth");
        assertThat(scrolled).as(page + " at " + width).isLessThanOrEqualTo(width);
        assertThat(complaints()).as(page + " at " + width).isEmpty();
        assertThat(browser.findElements(By.tagName("h1"))).as(page).hasSize(1);
        assertThat((List<?>) browser.executeScript(REPEATED_IDS)).as("ids on " + page).isEmpty();
      }
    }
  }

  @Test
  void every_field_has_a_name_for_screen_readers() {
    signedIn(DemoServer.ADMIN);
    for (String page :
        List.of(
            shop("/tags"),
            shop("/schedule"),
            shop("/owners"),
            shop("/standard"),
            server.url() + "/alerts/rules",
            server.url() + "/sites/new",
            server.url() + "/authorizations/new",
            server.url() + "/authorizations/policy",
            server.url() + "/requests",
            server.url() + "/access",
            server.url() + "/access/people/1",
            server.url() + "/account",
            server.url() + "/audit")) {
      browser.get(page);
      Object unnamed =
          browser.executeScript(
              "return [...document.querySelectorAll('input:not([type=hidden]),select,textarea')]"
                  + ".filter(f => !f.labels.length && !f.ariaLabel).map(f => f.outerHTML)");
      assertThat((List<?>) unnamed).as(page).isEmpty();
    }
  }

  @Test
  void the_theme_follows_the_browser_until_somebody_chooses() {
    signedIn(DemoServer.ADMIN);
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
    browser.get(server.url() + "/");
    String dark = background();
    browser.findElement(By.cssSelector("details.account > summary")).click();
    browser.findElement(By.xpath("//button[.='Light']")).click();
    patience.until(b -> !background().equals(dark));
    browser.navigate().refresh();
    assertThat(background()).isNotEqualTo(dark);
    browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
  }

  private static String background() {
    return String.valueOf(
        browser.executeScript("return getComputedStyle(document.body).backgroundColor"));
  }

  @Test
  void the_first_load_of_the_inventory_weighs_less_than_150_kb_and_asks_nobody_else() {
    signedIn(DemoServer.ADMIN);
    browser.executeCdpCommand("Network.enable", Map.of());
    browser.executeCdpCommand("Network.clearBrowserCache", Map.of());
    browser.get(shop("/tags"));
    String sum =
        "const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];"
            + "return all.map(e => e.name + ' ' + e.transferSize)";
    List<?> loads = (List<?>) browser.executeScript(sum);
    long bytes = 0;
    for (Object load : loads) {
      assertThat((String) load).startsWith(server.url());
      bytes += Long.parseLong(((String) load).replaceFirst(".* ", ""));
    }
    System.out.println(
        "First load of the inventory: "
            + bytes
            + " bytes transferred, "
            + loads.size()
            + " requests");
    assertThat(bytes).isGreaterThan(20_000).isLessThan(150_000);
  }
}
