package org.tagwarden.agent;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.browser.Target;
import org.tagwarden.agent.observe.PageObserver;
import org.tagwarden.agent.observe.Problems;
import org.tagwarden.report.DeviceProfile;
import org.tagwarden.report.VisitOptions;
import org.tagwarden.report.Visitor;

/**
 * Makes every document and worker of a visit believe that it is shown to this visitor on this
 * device: several tags send nothing to a browser that looks automated, or that contradicts itself
 * between a page and its workers.
 */
final class VisitorLooks implements PageObserver {
  private static final double SCALE_OF_PHONES = 2.625;
  private static final int FINGERS = 5;
  private static final String SCANNERS_OWN = "en-US";

  private final DeviceProfile device;
  private final UserAgents agent;
  private final @Nullable String suffix;
  private final @Nullable Locale locale;
  private final @Nullable String timeZone;

  /**
   * @param product the browser's name and version
   */
  VisitorLooks(VisitOptions options, String product, Problems problems) {
    this.device = options.device();
    this.agent = new UserAgents(product, device.mobile());
    Visitor visitor = options.visitor();
    this.suffix = visitor.userAgentSuffix();
    this.locale = locale(visitor.locale(), problems);
    this.timeZone = timeZone(visitor.timeZone(), problems);
  }

  /** As scripts and servers read it. */
  String userAgent() {
    return agent.text(suffix);
  }

  /** As the browser would send it. */
  String acceptLanguage() {
    return languages().replaceFirst(",(.*)$", ",$1;q=0.9");
  }

  @Override
  public List<Command> prepare(Target target) {
    List<Command> commands = new ArrayList<>();
    commands.add(
        new Command(
            "Emulation.setUserAgentOverride",
            Map.of(
                "userAgent", agent.text(suffix),
                "acceptLanguage", languages(),
                "platform", agent.platform(),
                "userAgentMetadata", agent.metadata())));
    if (locale != null)
      commands.add(
          new Command("Emulation.setLocaleOverride", Map.of("locale", locale.toLanguageTag())));
    if (timeZone != null)
      commands.add(new Command("Emulation.setTimezoneOverride", Map.of("timezoneId", timeZone)));
    if (target.isWorker())
      commands.add(
          new Command(
              "Runtime.evaluate",
              Map.of(
                  "expression",
                  LooksScripts.inWorkers(agent.text(suffix), agent.platform(), device.mobile()),
                  "silent",
                  true)));
    else if (device.mobile()) phone(target, commands);
    else commands.add(inDocuments(LooksScripts.inWindows(device)));
    return commands;
  }

  private static Command inDocuments(String script) {
    return new Command("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
  }

  private void phone(Target target, List<Command> commands) {
    commands.add(
        new Command(
            "Emulation.setTouchEmulationEnabled",
            Map.of("enabled", true, "maxTouchPoints", FINGERS)));
    commands.add(inDocuments(LooksScripts.inPhones()));
    if (target.type() != Target.Type.PAGE) {
      commands.add(inDocuments(LooksScripts.inFramesOfPhones(device, SCALE_OF_PHONES)));
      return;
    }
    commands.add(
        new Command(
            "Emulation.setDeviceMetricsOverride",
            Map.of(
                "width", device.width(),
                "height", device.height(),
                "screenWidth", device.width(),
                "screenHeight", device.height(),
                "deviceScaleFactor", SCALE_OF_PHONES,
                "screenOrientation", Map.of("type", "portraitPrimary", "angle", 0),
                "mobile", true)));
  }

  /** As a browser lists them: "de-DE,de"; it adds the weights by itself. */
  private String languages() {
    Locale spoken = locale == null ? Locale.forLanguageTag(SCANNERS_OWN) : locale;
    String tag = spoken.toLanguageTag();
    String language = spoken.getLanguage();
    return tag.equals(language) ? tag : tag + ',' + language;
  }

  private static @Nullable Locale locale(@Nullable String tag, Problems problems) {
    if (tag == null || tag.isBlank()) return null;
    try {
      return new Locale.Builder().setLanguageTag(tag.strip()).build();
    } catch (IllformedLocaleException e) {
      problems.note(
          "visitor",
          "prepare",
          "visitor-setting",
          "\"" + tag + "\" is no locale: it should look like de-DE. The page was visited without.");
      return null;
    }
  }

  private static @Nullable String timeZone(@Nullable String name, Problems problems) {
    if (name == null || name.isBlank()) return null;
    try {
      return ZoneId.of(name.strip()).getId();
    } catch (DateTimeException e) {
      problems.note(
          "visitor",
          "prepare",
          "visitor-setting",
          "\""
              + name
              + "\" is no time zone: it should look like Europe/Berlin. The page was visited"
              + " without.");
      return null;
    }
  }
}
