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

  /**
   * Gives an object values that read like its own: from its prototype, by getters whose text is
   * native and that object to other receivers.
   */
  private static final String GIVE =
      """
      (() => {
        const { apply, defineProperty, getOwnPropertyDescriptor } = Reflect;
        const probe = '%s', split = String.prototype.split, has = String.prototype.includes;
        const filter = Array.prototype.filter, join = Array.prototype.join;
        const tidy = error => {
          if (!error || typeof error.stack !== 'string') return error;
          const lines = apply(filter, apply(split, error.stack, ['\\n']), [line => !apply(has, line, [probe])]);
          defineProperty(error, 'stack', { value: apply(join, lines, ['\\n']), writable: true, configurable: true });
          return error;
        };
        const veil = (native, look) => new Proxy(native, {
          apply(target, self, args) { try { return look(target, self, args); } catch (e) { throw tidy(e); } },
        });
        const give = (of, values) => {
          for (const [name, value] of Object.entries(values)) {
            const own = of && getOwnPropertyDescriptor(of, name);
            if (!own || !own.get) continue;
            own.get = veil(own.get, (get, self) => { apply(get, self, []); return value; });
            defineProperty(of, name, own);
          }
        };
        const add = (of, like, values) => {
          const sibling = of && getOwnPropertyDescriptor(of, like);
          for (const [name, value] of Object.entries(sibling ? values : {})) {
            const { get } = getOwnPropertyDescriptor({ get [name]() { return value; } }, name);
            defineProperty(of, name, { ...sibling, get: veil(get, (_, self) => { apply(sibling.get, self, []); return value; }) });
          }
        };
      """
          .formatted(LivePage.PROBE);

  /** Chrome on Android has no plug-ins and shows no PDF itself. */
  private static final String NO_PLUGINS =
      """
        const none = (name, list) => {
          const empty = Object.create(list.prototype);
          give(Navigator.prototype, { [name]: empty });
          for (const [member, answer] of Object.entries({ length: 0, item: null, namedItem: null, refresh: undefined })) {
            const own = getOwnPropertyDescriptor(list.prototype, member);
            if (!own) continue;
            const kind = own.get ? 'get' : 'value';
            own[kind] = veil(own[kind], (native, self, args) => self === empty ? answer : apply(native, self, args));
            defineProperty(list.prototype, member, own);
          }
        };
        none('plugins', PluginArray);
        none('mimeTypes', MimeTypeArray);
        give(Navigator.prototype, { pdfViewerEnabled: false });
      """;

  /** What only Chrome on Android tells of its network, and how far a phone is from servers. */
  private static final String MOBILE_NETWORK =
      """
        const network = globalThis.NetworkInformation && NetworkInformation.prototype;
        give(network, { effectiveType: '4g', rtt: 100, downlink: 10, saveData: false });
        add(network, 'effectiveType', { type: 'cellular', downlinkMax: 100 });
      """;

  private LooksScripts() {}

  /** Shared and service workers read these off the browser, whatever they are told. */
  static String inWorkers(String userAgent, String platform, boolean mobile) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("userAgent", userAgent);
    values.put("appVersion", userAgent.replaceFirst("^Mozilla/", ""));
    values.put("platform", platform);
    return script(
        "give(Object.getPrototypeOf(navigator), "
            + json(values)
            + ");\n"
            + (mobile ? MOBILE_NETWORK : ""));
  }

  /** The window around the page, which the browser forgets to tell its first page of. */
  static String inWindows(DeviceProfile device) {
    return script("give(window, " + json(outerSize(device)) + ");");
  }

  /** What a phone's browser has not, and has more. */
  static String inPhones() {
    return script(NO_PLUGINS + MOBILE_NETWORK);
  }

  /** A phone's screen in frames of other sites, which have a process of their own. */
  static String inFramesOfPhones(DeviceProfile device, double scale) {
    Map<String, Object> screen = new LinkedHashMap<>();
    screen.put("width", device.width());
    screen.put("height", device.height());
    screen.put("availWidth", device.width());
    screen.put("availHeight", device.height());
    Map<String, Object> window = outerSize(device);
    window.put("devicePixelRatio", scale);
    return script(
        "give(Object.getPrototypeOf(screen), "
            + json(screen)
            + "); give(ScreenOrientation.prototype, { type: 'portrait-primary', angle: 0 });"
            + " give(window, "
            + json(window)
            + ");");
  }

  private static Map<String, Object> outerSize(DeviceProfile device) {
    Map<String, Object> size = new LinkedHashMap<>();
    size.put("outerWidth", device.width());
    size.put("outerHeight", device.height());
    return size;
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
