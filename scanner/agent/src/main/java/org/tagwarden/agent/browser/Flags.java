package org.tagwarden.agent.browser;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of the scanning browser. */
final class Flags {
  /**
   * One merged list: only the last such flag on a command line counts. The first five are
   * Chromium's own pages, which cost half of its CPU when a window is opened for each visit.
   */
  private static final List<String> DISABLED_FEATURES =
      List.of(
          "WebUIOmniboxPopup",
          "WebUIOmniboxAimPopup",
          "WebUIOmniboxFullPopup",
          "AimEnabled",
          "SpareRendererForSitePerProcess",
          "Translate",
          "OptimizationHints",
          "MediaRouter",
          "DialMediaRouteProvider",
          "AutofillServerCommunication",
          "InterestFeedContentSuggestions",
          "CertificateTransparencyComponentUpdater",
          "BackForwardCache", // a page that is left must run its unload handlers
          "HttpsUpgrades", // http:// must be visited as http://
          "HttpsFirstBalancedModeAutoEnable",
          "LocalNetworkAccessChecks"); // behind the proxy, every address is loopback

  private Flags() {}

  static List<String> of(BrowserSettings settings, int major, Path profile, boolean root) {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--headless=new",
                "--user-data-dir=" + profile,
                "--user-agent=" + userAgent(major),
                "--disable-blink-features=AutomationControlled",
                "--disable-features=" + String.join(",", DISABLED_FEATURES),
                "--ignore-certificate-errors-spki-list=" + settings.spkiSha256(),
                // Contexts bring their own proxy; what runs outside of one gets nowhere.
                "--proxy-server=http://127.0.0.1:9",
                "--proxy-bypass-list=<-loopback>",
                // Names are for the proxy to look up: nothing else of the browser gets anywhere.
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
                "--webrtc-ip-handling-policy=disable_non_proxied_udp",
                "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
                "--disable-quic",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-component-extensions-with-background-pages",
                "--disable-extensions",
                "--disable-default-apps",
                "--disable-domain-reliability",
                "--disable-breakpad",
                "--disable-sync",
                "--allow-browser-signin=false", // else it asks Google now and then who is signed in
                "--disable-dev-shm-usage",
                "--disable-hang-monitor",
                "--disable-search-engine-choice-screen",
                "--disable-background-timer-throttling",
                "--disable-backgrounding-occluded-windows",
                "--disable-renderer-backgrounding",
                "--metrics-recording-only",
                "--mute-audio",
                "--no-first-run",
                "--no-default-browser-check",
                "--password-store=basic",
                // A desktop's screen and mouse: else a window is larger than its screen, and
                // nothing
                // ever hovers.
                "--screen-info={1920x1080}",
                "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",
                "--lang=en-US"));
    if (Sandbox.off(settings, root)) flags.add("--no-sandbox");
    return flags;
  }

  /** What a visitor's browser says; headless mode would say so and is served less. */
  static String userAgent(int major) {
    return "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/"
        + major
        + ".0.0.0 Safari/537.36";
  }
}
