package org.tagwarden.playground.net;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All hosts of the playground, by name. Filled before the servers start, not changed afterwards.
 */
public final class Internet {
  private final Map<String, VirtualHost> hosts = new TreeMap<>();

  /** The host of that name, made when it is new. */
  public VirtualHost host(String name) {
    return hosts.computeIfAbsent(name, VirtualHost::new);
  }

  /** The host of that name, if the playground has it. */
  public @Nullable VirtualHost find(String name) {
    return hosts.get(name);
  }

  /** All hosts. */
  public Collection<VirtualHost> hosts() {
    return List.copyOf(hosts.values());
  }

  /** All names. */
  public List<String> names() {
    return List.copyOf(hosts.keySet());
  }
}
