package org.tagwarden.dashboard.web;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the layout around every page shows.
 *
 * @param theme "light", "dark", or "" for the browser's preference
 * @param csrf the masked secret for this page's forms
 * @param path where the person is, for the menu
 * @param url path and query, to come back to
 */
public record Shell(
    Assets assets,
    @Nullable SignedIn person,
    List<MenuEntry> menu,
    String theme,
    String csrf,
    String path,
    String url,
    @Nullable Note note,
    Instant now) {
  public Shell {
    menu = List.copyOf(menu);
  }
}
