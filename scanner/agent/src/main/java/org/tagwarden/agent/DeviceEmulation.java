package org.tagwarden.agent;

import java.util.List;
import java.util.Map;
import org.tagwarden.agent.browser.Browser;
import org.tagwarden.agent.browser.Target;
import org.tagwarden.report.DeviceProfile;

/** Makes a page believe that it is shown on the device of the visit. */
final class DeviceEmulation {
  private static final long COMMAND_MS = 5_000;
  private static final String ANDROID =
      "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%s.0.0.0"
          + " Mobile Safari/537.36";

  private final Browser browser;

  DeviceEmulation(Browser browser) {
    this.browser = browser;
  }

  /** A desktop is what the browser's window is already. */
  void apply(Target page, DeviceProfile device) {
    if (!device.mobile()) return;
    page.session()
        .call(
            "Emulation.setDeviceMetricsOverride",
            Map.of(
                "width",
                device.width(),
                "height",
                device.height(),
                "deviceScaleFactor",
                3,
                "mobile",
                true),
            COMMAND_MS);
    page.session()
        .call(
            "Emulation.setTouchEmulationEnabled",
            Map.of("enabled", true, "maxTouchPoints", 5),
            COMMAND_MS);
    String major = browser.version().replaceAll("\\D*(\\d+)\\..*", "$1");
    page.session()
        .call(
            "Emulation.setUserAgentOverride",
            Map.of(
                "userAgent", ANDROID.formatted(major),
                "platform", "Linux armv81",
                "userAgentMetadata",
                    Map.of(
                        "platform", "Android",
                        "platformVersion", "10.0.0",
                        "architecture", "",
                        "model", "K",
                        "mobile", true,
                        "brands",
                            List.of(
                                Map.of("brand", "Chromium", "version", major),
                                Map.of("brand", "Not=A?Brand", "version", "24")))),
            COMMAND_MS);
  }
}
