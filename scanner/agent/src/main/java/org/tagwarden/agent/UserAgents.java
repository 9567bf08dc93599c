package org.tagwarden.agent;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a browser says it is, as a string and as client hints that agree with it. Its brands are
 * those that Chromium of this version names itself, without a word of being headless.
 */
final class UserAgents {
  private static final String DESKTOP =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%s.0.0.0"
          + " Safari/537.36";
  private static final String MOBILE =
      "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%s.0.0.0"
          + " Mobile Safari/537.36";

  /** Chromium mixes a brand that means nothing into its list, another one in each version. */
  private static final String MEANINGLESS_SIGNS = " (:-./);=?_";

  private static final List<String> MEANINGLESS_VERSIONS = List.of("8", "99", "24");

  private final String fullVersion;
  private final int major;
  private final boolean mobile;

  /**
   * @param product for example "Chromium 156.0.8078.79"
   */
  UserAgents(String product, boolean mobile) {
    this.fullVersion = product.replaceAll("^\\D*", "").replaceAll("[^\\d.].*", "");
    this.major = Integer.parseInt(fullVersion.replaceAll("\\..*", ""));
    this.mobile = mobile;
  }

  /** The user agent, with the suffix that a site may know the scanner by. */
  String text(@Nullable String suffix) {
    String text = (mobile ? MOBILE : DESKTOP).formatted(major);
    return suffix == null || suffix.isBlank() ? text : text + ' ' + suffix.strip();
  }

  /** {@code navigator.platform}. */
  String platform() {
    return mobile ? "Linux armv81" : "Linux x86_64";
  }

  /** The client hints. */
  Map<String, Object> metadata() {
    return Map.of(
        "brands",
        brands(Integer.toString(major), version -> version),
        "fullVersionList",
        brands(fullVersion, version -> version + ".0.0.0"),
        "fullVersion",
        fullVersion,
        "platform",
        mobile ? "Android" : "Linux",
        "platformVersion",
        mobile ? "15.0.0" : "",
        "architecture",
        mobile ? "" : "x86",
        "bitness",
        mobile ? "" : "64",
        "model",
        mobile ? "Pixel 8" : "",
        "mobile",
        mobile,
        "formFactors",
        List.of(mobile ? "Mobile" : "Desktop"));
  }

  private List<Map<String, String>> brands(
      String version, java.util.function.UnaryOperator<String> meaningless) {
    int signs = MEANINGLESS_SIGNS.length();
    String name =
        "Not"
            + MEANINGLESS_SIGNS.charAt(major % signs)
            + 'A'
            + MEANINGLESS_SIGNS.charAt((major + 1) % signs)
            + "Brand";
    Map<String, String> nobody =
        Map.of(
            "brand",
            name,
            "version",
            meaningless.apply(MEANINGLESS_VERSIONS.get(major % MEANINGLESS_VERSIONS.size())));
    Map<String, String> chromium = Map.of("brand", "Chromium", "version", version);
    return major % 2 == 0 ? List.of(nobody, chromium) : List.of(chromium, nobody);
  }
}
