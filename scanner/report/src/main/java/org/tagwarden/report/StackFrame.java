package org.tagwarden.report;

import org.jspecify.annotations.Nullable;

/**
 * One JavaScript frame.
 *
 * @param scriptSha256 hash of the script it is in, where known (tells inline scripts of one
 *     document apart)
 * @param async name of the asynchronous boundary above which this frame stands ("Promise.then",
 *     "setTimeout", ...), else null
 */
public record StackFrame(
    String function,
    String url,
    int line,
    int column,
    @Nullable String scriptSha256,
    @Nullable String async) {
  public StackFrame {
    Require.present(function, "stackFrame.function");
    Require.present(url, "stackFrame.url");
  }
}
