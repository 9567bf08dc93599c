package org.tagwarden.agent.traffic;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.ConnectTo;

/**
 * What one visit's proxy port lets through.
 *
 * @param allowPrivate whether private, loopback and link-local targets may be connected to
 * @param insecure whether upstream certificates that do not verify are accepted (and reported)
 * @param globalPrivacyControl whether every request carries {@code Sec-GPC: 1}
 * @param stamp what else is added to requests
 * @param upstream the proxy that connections go through; null for none
 */
public record TrafficRules(
    List<ConnectTo> connectTo,
    boolean allowPrivate,
    boolean insecure,
    boolean globalPrivacyControl,
    RequestStamp stamp,
    @Nullable UpstreamProxy upstream) {
  public TrafficRules {
    connectTo = List.copyOf(connectTo);
  }

  /** Adds nothing else, connects directly. */
  public TrafficRules(
      List<ConnectTo> connectTo,
      boolean allowPrivate,
      boolean insecure,
      boolean globalPrivacyControl) {
    this(connectTo, allowPrivate, insecure, globalPrivacyControl, RequestStamp.NONE, null);
  }
}
