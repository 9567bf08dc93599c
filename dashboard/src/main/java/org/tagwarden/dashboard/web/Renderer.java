package org.tagwarden.dashboard.web;

import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a {@link Reply} into the response. */
final class Renderer {
  private final Templates templates;
  private final Assets assets;
  private final Cookies cookies;
  private final List<MenuEntry> menu;

  Renderer(Templates templates, Assets assets, Cookies cookies, List<MenuEntry> menu) {
    this.templates = templates;
    this.assets = assets;
    this.cookies = cookies;
    this.menu = menu;
  }

  void send(Request request, Reply reply) {
    HttpServerResponse response = request.context().response();
    // What a person sees is nobody else's, and not for a browser's disk either.
    response.putHeader("Cache-Control", "no-store");
    if (reply instanceof Reply.Html html) {
      response
          .setStatusCode(html.status())
          .putHeader("Content-Type", "text/html; charset=utf-8")
          .putHeader("Vary", "HX-Request, HX-Target")
          .end(
              templates.renderUtf8(
                  html.template(), Map.of("shell", shell(request), "view", html.view())));
    } else if (reply instanceof Reply.Redirect redirect) {
      Note note = redirect.note();
      if (note != null) {
        cookies.set(request.context(), Note.COOKIE, note.encoded(), CookieSameSite.STRICT, 60);
      }
      response.setStatusCode(303).putHeader("Location", redirect.location()).end();
    } else if (reply instanceof Reply.Image image) {
      // Its address holds its hash; still only for whoever may see it.
      response
          .putHeader("Cache-Control", "private, max-age=86400, immutable")
          .putHeader("Content-Type", image.contentType())
          .end(image.file());
    } else if (reply instanceof Reply.Pack pack) {
      pack.pack().send(response);
    } else if (reply instanceof Reply.Stream stream) {
      stream.body().accept(response);
    } else if (reply instanceof Reply.Download download) {
      response
          .putHeader("Content-Type", download.contentType())
          .putHeader("Content-Disposition", "attachment; filename=\"" + download.fileName() + "\"")
          .end(download.body());
    }
  }

  private Shell shell(Request request) {
    SignedIn person = request.personOrNull();
    RoutingContext context = request.context();
    List<MenuEntry> shown =
        person == null
            ? List.of()
            : menu.stream().filter(line -> person.principal().maySomewhere(line.needs())).toList();
    return new Shell(
        assets,
        person,
        shown,
        theme(context),
        Csrf.mask(request.csrfSecret()),
        request.path(),
        request.method().equals("GET") ? request.url() : "/",
        note(context),
        request.now());
  }

  private String theme(RoutingContext context) {
    String theme = cookies.read(context, Cookies.THEME);
    return "light".equals(theme) || "dark".equals(theme) ? theme : "";
  }

  /** The waiting note, read once. */
  private @Nullable Note note(RoutingContext context) {
    String cookie = cookies.read(context, Note.COOKIE);
    if (cookie == null) return null;
    cookies.set(context, Note.COOKIE, "", CookieSameSite.STRICT, 0);
    return Note.decoded(cookie);
  }
}
