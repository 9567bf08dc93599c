package org.tagwarden.dashboard.web;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard's own cookies: none is readable by scripts, none travels to other sites. With HTTPS
 * their names begin with {@code __Host-}: then no other host of the same domain can set one.
 */
public final class Cookies {
  static final String SESSION = "tagwarden_session";
  static final String DOOR = "tagwarden_door";
  static final String SINGLE_SIGN_ON = "tagwarden_oidc";
  static final String THEME = "tagwarden_theme";

  private static final long YEAR = 365L * 24 * 3600;

  private final boolean secure;

  /**
   * @param secure whether people reach the server by HTTPS
   */
  public Cookies(boolean secure) {
    this.secure = secure;
  }

  /** Signs the browser in. Lax, so that a link in a mail opens its page. */
  public void signIn(Request request, String token, long seconds) {
    set(request.context(), SESSION, token, CookieSameSite.LAX, seconds);
  }

  /** Forgets the session. */
  public void signOut(Request request) {
    set(request.context(), SESSION, "", CookieSameSite.LAX, 0);
  }

  /** What has to come back from the sign-in server with this browser; "" forgets it. */
  public void singleSignOn(Request request, String kept) {
    // Lax: the sign-in server sends the browser back from another site.
    set(request.context(), SINGLE_SIGN_ON, kept, CookieSameSite.LAX, kept.isEmpty() ? 0 : 600);
  }

  /** What {@link #singleSignOn} left; null when there is nothing (any more). */
  public @Nullable String singleSignOn(Request request) {
    return read(request.context(), SINGLE_SIGN_ON);
  }

  /** Remembers the chosen theme: "light", "dark", or "" for the browser's preference. */
  public void theme(Request request, String theme) {
    set(request.context(), THEME, theme, CookieSameSite.LAX, theme.isEmpty() ? 0 : YEAR);
  }

  void set(
      RoutingContext context, String name, String value, CookieSameSite sameSite, long seconds) {
    context
        .response()
        .addCookie(
            Cookie.cookie(named(name), value)
                .setHttpOnly(true)
                .setSecure(secure)
                .setSameSite(sameSite)
                .setPath("/")
                .setMaxAge(seconds));
  }

  private String named(String name) {
    return secure ? "__Host-" + name : name;
  }

  @Nullable String read(RoutingContext context, String name) {
    Cookie cookie = context.request().getCookie(named(name));
    return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
  }
}
