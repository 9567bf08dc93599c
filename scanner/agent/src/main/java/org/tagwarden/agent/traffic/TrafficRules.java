package org.tagwarden.agent.traffic;

import java.util.List;
import org.tagwarden.agent.ConnectTo;

/**
 * What one visit's proxy port lets through.
 *
 * @param allowPrivate whether private, loopback and link-local targets may be connected to
 * @param insecure whether upstream certificates that do not verify are accepted (and reported)
 * @param globalPrivacyControl whether every request carries {@code Sec-GPC: 1}
 */
public record TrafficRules(
    List<ConnectTo> connectTo,
    boolean allowPrivate,
    boolean insecure,
    boolean globalPrivacyControl) {
  public TrafficRules {
    connectTo = List.copyOf(connectTo);
  }
}
