package org.tagwarden.dashboard.pages.door;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The sign-in form.
 *
 * @param next where to go afterwards; a path of this server
 * @param singleSignOn what the button of the sign-in server says; "" when there is none
 */
public record SignInView(String email, String next, String problem, String singleSignOn) {
  /** For a query: {@code next} may have one of its own. */
  public String encodedNext() {
    return URLEncoder.encode(next, StandardCharsets.UTF_8);
  }
}
