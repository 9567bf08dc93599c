package org.tagwarden.report;

/** The device that the visit played. */
public record DeviceProfile(String name, int width, int height, boolean mobile) {
  public static final DeviceProfile DESKTOP = new DeviceProfile("desktop", 1440, 900, false);

  /** A Pixel 8, which the scanner's user agent speaks of. */
  public static final DeviceProfile MOBILE = new DeviceProfile("mobile", 412, 915, true);

  public DeviceProfile {
    Require.notBlank(name, "device.name");
    Require.that(width > 0 && height > 0, "device", "needs a width and a height");
  }
}
