package org.tagwarden.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tagwarden.agent.observe.LivePage;
import org.tagwarden.report.DeviceProfile;

/** The few things about a visitor that no command of the browser sets everywhere. */
final class LooksScripts {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Gives an object values that read like its own: from its prototype, changed by nobody. */
  private static final String GIVE =
      """
      (() => {
        const give = (of, values) => {
          for (const [name, value] of Object.entries(values)) {
            const own = of && Object.getOwnPropertyDescriptor(of, name);
            if (own && own.get) Object.defineProperty(of, name, { ...own, get: { [name]() { return value; } }[name] });
          }
        };
      """;

  private LooksScripts() {}

  /** Shared and service workers read these off the browser, whatever they are told. */
  static String inWorkers(String userAgent, String platform) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("userAgent", userAgent);
    values.put("appVersion", userAgent.replaceFirst("^Mozilla/", ""));
    values.put("platform", platform);
    return script("give(Object.getPrototypeOf(navigator), " + json(values) + ");");
  }

  /** The window around the page, which the browser forgets to tell its first page of. */
  static String inWindows(DeviceProfile device) {
    Map<String, Object> size = new LinkedHashMap<>();
    size.put("outerWidth", device.width());
    size.put("outerHeight", device.height());
    return script("give(window, " + json(size) + ");");
  }

  /** A phone's screen in frames of other sites, which have a process of their own. */
  static String inFramesOfPhones(DeviceProfile device, int scale) {
    Map<String, Object> screen = new LinkedHashMap<>();
    screen.put("width", device.width());
    screen.put("height", device.height());
    screen.put("availWidth", device.width());
    screen.put("availHeight", device.height());
    Map<String, Object> window = new LinkedHashMap<>();
    window.put("outerWidth", device.width());
    window.put("outerHeight", device.height());
    window.put("devicePixelRatio", scale);
    return script(
        "give(Object.getPrototypeOf(screen), "
            + json(screen)
            + "); give(window, "
            + json(window)
            + ");");
  }

  private static String script(String body) {
    return GIVE + "  " + body + "\n})();\n//# sourceURL=" + LivePage.PROBE;
  }

  private static String json(Map<String, Object> values) {
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts and numbers can be written as JSON", e);
    }
  }
}
