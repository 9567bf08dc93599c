package org.tagwarden.agent.browser;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the browser may know of the scanner's environment: neither its token nor a site's secrets. A
 * variable cannot be taken away from a driver that Selenium starts, but it can be emptied.
 */
final class BrowserEnvironment {
  /** What programs need to run. */
  static final Set<String> KEPT =
      Set.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "FONTCONFIG_FILE");

  /** Chromium puts a socket below it, whose path may have 107 characters. */
  private static final int LONGEST_TEMP = 60;

  private BrowserEnvironment() {}

  /** To be laid over the scanner's own. */
  static Map<String, String> over(Map<String, String> own, Path profile) {
    Map<String, String> over = new HashMap<>();
    for (String name : own.keySet()) if (!KEPT.contains(name)) over.put(name, "");
    boolean fits = profile.toString().length() <= LONGEST_TEMP;
    over.put("TMPDIR", fits ? profile.toString() : own.getOrDefault("TMPDIR", "/tmp"));
    return over;
  }
}
