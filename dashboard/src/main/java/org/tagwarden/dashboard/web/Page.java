package org.tagwarden.dashboard.web;

import org.jspecify.annotations.Nullable;

/** One part of the dashboard, a folder each. Registered by a line in {@code DashboardRoutes}. */
public interface Page {
  /** Adds its routes; called once at start-up. */
  void mount(SiteMap map);

  /** Its line in the menu; null when it has none. */
  default @Nullable MenuEntry menu() {
    return null;
  }
}
