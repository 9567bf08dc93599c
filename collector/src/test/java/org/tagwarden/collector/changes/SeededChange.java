package org.tagwarden.collector.changes;

import java.util.List;
import java.util.function.Consumer;
import org.tagwarden.report.CapturedCookie;
import org.tagwarden.report.ConsentPhase;
import org.tagwarden.report.Failure;
import org.tagwarden.report.ScriptBehaviour;
import org.tagwarden.report.StorageWrite;

/**
 * One property of the quiet site that is changed, and the finding that has to name it.
 *
 * @param check the finding's check or rule
 * @param names what its sentence has to name
 */
record SeededChange(String what, String check, String names, Consumer<QuietSite> change) {
  private static final String SKIMMER = "https://tags.skimmer-two.example/t.js";
  private static final String PROMO = "https://promo.shop.example/p.js";
  private static final String CARD = "input card-number type=text autocomplete=cc-number";

  /** One of each kind, to be made one after the other. */
  static final List<SeededChange> ALL =
      List.of(
          of(
              "own script: other text",
              "script-changed",
              "shop.example/assets/app.*.js",
              s -> s.app += "more();"),
          of(
              "vendor's script: other text",
              "script-changed",
              "widget.intercom.io",
              s -> s.chat += "wave();"),
          of("own script: eval", "script-changed", "eval", s -> s.app += "eval(x);"),
          of(
              "vendor's script names a host",
              "script-changed",
              "late.intercom-cdn.example",
              s -> s.chat += "to('https://late.intercom-cdn.example/');"),
          of(
              "own script sends to a new host",
              "script-contact",
              "collect.evil.example",
              s ->
                  s.additions.add((v, app) -> v.beacon(app, "https://collect.evil.example/c?d=1"))),
          of(
              "vendor's script sends to a new host",
              "script-contact",
              "drop.skimmer.example",
              s ->
                  s.additions.add(
                      (v, app) ->
                          v.pixel(QuietSite.CHAT, "https://drop.skimmer.example/p.gif?d=1"))),
          of(
              "inline script sends to a new host",
              "script-contact",
              "inline-drop.example",
              s ->
                  s.additions.add(
                      (v, app) -> v.beacon(QuietSite.PAGE, "https://inline-drop.example/c?d=1"))),
          of(
              "vendor's script contacts a known host",
              "script-contact",
              "www.google-analytics.com",
              s ->
                  s.additions.add(
                      (v, app) ->
                          v.beacon(
                              QuietSite.CHAT,
                              "https://www.google-analytics.com/g/collect?v=2&tid=G-ABCDEF1234"))),
          of(
              "own script reads card numbers",
              "script-read",
              "payment fields",
              s ->
                  s.additions.add(
                      (v, app) -> v.behaviour(ScriptBehaviour.Kind.FIELD_READ, CARD, app, "take"))),
          of(
              "vendor's script reads passwords",
              "sensitive-field-read",
              "widget.intercom.io",
              s ->
                  s.additions.add(
                      (v, app) ->
                          v.behaviour(
                              ScriptBehaviour.Kind.FIELD_READ,
                              "input pw type=password",
                              QuietSite.CHAT,
                              "take"))),
          of(
              "vendor's script listens to keys",
              "script-deed",
              "key listener",
              s ->
                  s.additions.add(
                      (v, app) ->
                          v.behaviour(
                              ScriptBehaviour.Kind.KEY_LISTENER,
                              "keydown document",
                              QuietSite.CHAT,
                              "listen"))),
          of(
              "inline script: new",
              "inline-script-changed",
              "inline script",
              s -> s.inline.add("surprise(1);")),
          of(
              "inline script: names a host",
              "inline-script-changed",
              "inline.evil.example",
              s -> s.inline.add("load('https://inline.evil.example/x.js');")),
          of(
              "CSP: another source",
              "header-changed",
              "Content-Security-Policy",
              s ->
                  s.headers.computeIfPresent(
                      "Content-Security-Policy", (n, v) -> v + "; img-src *")),
          of(
              "HSTS: gone",
              "security-headers",
              "Strict-Transport-Security",
              s -> s.headers.remove("Strict-Transport-Security")),
          of(
              "X-Frame-Options: weaker",
              "header-changed",
              "X-Frame-Options",
              s -> s.headers.put("X-Frame-Options", "SAMEORIGIN")),
          of(
              "Permissions-Policy: gone",
              "header-changed",
              "Permissions-Policy",
              s -> s.headers.remove("Permissions-Policy")),
          of(
              "Reporting-Endpoints: new",
              "header-changed",
              "Reporting-Endpoints",
              s -> s.headers.put("Reporting-Endpoints", "a=\"https://shop.example/r\"")),
          of(
              "cookie: new",
              "cookie-changed",
              "profile@shop.example",
              s -> s.cookie("profile", "shop.example", "Lax")),
          of(
              "cookie: other flags",
              "cookie-changed",
              "basket@shop.example",
              s -> s.cookie("basket", "shop.example", "None")),
          of(
              "vendor's cookie: new",
              "cookie-changed",
              "chat_id@widget.intercom.io",
              s -> s.additions.add((v, app) -> v.cookie(vendorCookie()))),
          of(
              "stored item: new",
              "storage-changed",
              "fingerprint",
              s ->
                  s.additions.add(
                      (v, app) -> v.stored(StorageWrite.Kind.LOCAL, "fingerprint", "1", app))),
          of(
              "frame of a stranger",
              "new-third-party",
              "frames.stranger.example",
              s ->
                  s.additions.add(
                      (v, app) -> v.iframe(null, "https://frames.stranger.example/f.html"))),
          of(
              "frame of the partner: another page",
              "new-frame",
              "frames.partner.example/checkout",
              s ->
                  s.additions.add(
                      (v, app) -> v.iframe(null, "https://frames.partner.example/checkout"))),
          of(
              "script of a stranger",
              "unapproved-script",
              "tags.stranger.example/t.js",
              s ->
                  s.additions.add(
                      (v, app) -> v.script("https://tags.stranger.example/t.js", "soup();"))),
          of(
              "pixel of a stranger",
              "new-third-party",
              "pixel.nobody.example",
              s -> s.additions.add((v, app) -> v.image("https://pixel.nobody.example/p.webp"))),
          of(
              "own script: new",
              "script-changed",
              "shop.example/assets/extra.js",
              s -> s.additions.add((v, app) -> v.script("/assets/extra.js", "extra();"))),
          of(
              "script of a stranger that reads card numbers",
              "unapproved-script",
              "reads payment fields",
              s ->
                  s.additions.add(
                      (v, app) ->
                          v.script(SKIMMER, "skim();")
                              .behaviour(ScriptBehaviour.Kind.FIELD_READ, CARD, SKIMMER, "skim")
                              .beacon(SKIMMER, "https://cards.stranger.example/c?d=1"))),
          of(
              "limited tag sends to a stranger",
              "script-contact",
              "limited-tag.example now contacts drop.nobody.example, which its authorization",
              s ->
                  s.additions.add(
                      (v, app) ->
                          v.beacon(QuietSite.LIMITED, "https://drop.nobody.example/c?d=1"))),
          of(
              "limited tag contacts another host",
              "envelope-drift",
              "img.nobody.example",
              s ->
                  s.additions.add(
                      (v, app) -> v.pixel(QuietSite.LIMITED, "https://img.nobody.example/i.webp"))),
          of(
              "limited tag sets a cookie",
              "envelope-drift",
              "now sets the cookie uid",
              s ->
                  s.additions.add(
                      (v, app) -> v.cookie("uid", "cdn.limited-tag.example", QuietSite.LIMITED))),
          of(
              "limited tag tells devices apart",
              "envelope-drift",
              "reads what tells devices apart",
              s ->
                  s.additions.add(
                      (v, app) ->
                          v.behaviour(
                              ScriptBehaviour.Kind.CANVAS_READ,
                              "toDataURL",
                              QuietSite.LIMITED,
                              "print"))),
          of(
              "alias: leads nowhere",
              "dangling-alias",
              "promo.shop.example",
              s ->
                  s.additions.add(
                      (v, app) ->
                          v.failed(PROMO, Failure.Code.DNS)
                              .aliasOf(PROMO, "shop.pages-host.example"))),
          of(
              "container: published",
              "container-published",
              "12 became 13",
              s -> s.containerVersion = "13"),
          of(
              "alias: moved",
              "alias-moved",
              "elsewhere.example",
              s -> s.aliasOf = "shop.elsewhere.example"),
          of("approved tag: gone", "tag-gone", "cdn.steady-tag.example", s -> s.steady = false));

  private static SeededChange of(
      String what, String check, String names, Consumer<QuietSite> change) {
    return new SeededChange(what, check, names, change);
  }

  private static CapturedCookie vendorCookie() {
    return new CapturedCookie(
        "chat_id",
        "widget.intercom.io",
        "/",
        "0",
        true,
        true,
        "None",
        false,
        null,
        null,
        QuietSite.CHAT,
        ConsentPhase.BEFORE_CHOICE);
  }
}
