package org.tagwarden.playground;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.playground.net.ExpectationFile;

/**
 * What the playground knows about one request of a page, because it wrote the page: who asks for
 * it, and who brought that one, down to the page. In URLs, {@code *} stands for any text.
 *
 * @param kind "PARSER", "SCRIPT", "PRELOAD", "REDIRECT", "PREFLIGHT" or "BROWSER"
 * @param by URL of the document, script or request that asks for it
 * @param method null for any
 * @param function name of the function that asks, null when it has none or does not matter
 * @param worker URL of the worker that asks; null for the page's own
 * @param chain {@code by}, what brought {@code by}, and so on, down to the page
 */
public record ExpectedRequest(
    String kind,
    String url,
    String by,
    @Nullable String method,
    @Nullable String function,
    @Nullable String worker,
    List<String> chain) {
  public ExpectedRequest {
    chain = List.copyOf(chain);
  }

  /** What is known about the requests of a page; empty when nothing is. */
  public static List<ExpectedRequest> of(String pageUrl) {
    return ExpectationFile.of(pageUrl);
  }

  /** Whether it speaks of this request. */
  public boolean means(String requestMethod, String requestUrl) {
    return (method == null || method.equals(requestMethod)) && matches(url, requestUrl);
  }

  /**
   * Whether a record names the right asker. A srcdoc or blank document has no address of its own:
   * its text stands in the page.
   *
   * @param told the asker by the record; null when it names none
   */
  public boolean isAskedBy(@Nullable String told, String page) {
    if (told == null) return false;
    return matches(by, told) || (told.startsWith("about:") && by.equals(page));
  }

  /** Whether a URL fits a pattern of this class. */
  public static boolean matches(String pattern, String url) {
    String[] parts = pattern.split("\\*", -1);
    if (parts.length == 1) return pattern.equals(url);
    if (!url.startsWith(parts[0])) return false;
    int from = parts[0].length();
    for (int i = 1; i < parts.length - 1; i++) {
      int found = url.indexOf(parts[i], from);
      if (found < 0) return false;
      from = found + parts[i].length();
    }
    String last = parts[parts.length - 1];
    return url.length() - last.length() >= from && url.endsWith(last);
  }
}
