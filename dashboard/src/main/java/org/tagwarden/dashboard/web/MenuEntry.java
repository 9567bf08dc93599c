package org.tagwarden.dashboard.web;

import org.tagwarden.collector.access.Role;

/**
 * A line in the menu.
 *
 * @param needs shown to those who hold this role for at least one client
 */
public record MenuEntry(String label, String path, Role needs) {
  /** Whether the page at {@code current} belongs to this line. */
  public boolean covers(String current) {
    if (path.equals("/")) return current.equals("/") || current.startsWith("/sites");
    return current.equals(path) || current.startsWith(path + "/");
  }
}
