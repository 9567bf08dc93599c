package org.tagwarden.collector.alerts;

/** Every way by which alerts go out, one line each. */
public final class AlertChannels {
  public static final String EMAIL = "email";

  private AlertChannels() {}
}
