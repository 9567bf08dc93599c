package org.tagwarden.report;

import org.jspecify.annotations.Nullable;

/**
 * An error or warning on the page's console.
 *
 * @param level "error" or "warning"
 */
public record ConsoleMessage(
    String level, String text, @Nullable String url, int line, double atMs) {
  public ConsoleMessage {
    Require.notBlank(level, "console.level");
    Require.present(text, "console.text");
  }
}
