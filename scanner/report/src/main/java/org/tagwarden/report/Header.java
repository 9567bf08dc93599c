package org.tagwarden.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A header as sent. Values of Cookie, Set-Cookie, Authorization and Proxy-Authorization never leave
 * the scanner: cookie values are replaced by {@code sha256:<first 16 hex>}, credentials by {@code
 * [removed]}.
 */
public record Header(String name, String value) {
  public Header {
    Require.notBlank(name, "header.name");
    Require.present(value, "header.value");
  }

  static @Nullable String first(List<Header> headers, String name) {
    for (Header header : headers) if (header.name.equalsIgnoreCase(name)) return header.value;
    return null;
  }
}
