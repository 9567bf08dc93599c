package org.tagwarden.playground.content;

import static org.tagwarden.playground.content.Answers.json;
import static org.tagwarden.playground.content.Answers.nothing;
import static org.tagwarden.playground.content.Answers.open;
import static org.tagwarden.playground.content.Answers.page;
import static org.tagwarden.playground.content.Answers.pixel;
import static org.tagwarden.playground.content.Answers.pixelWithCookie;
import static org.tagwarden.playground.content.Answers.redirect;
import static org.tagwarden.playground.content.Answers.script;
import static org.tagwarden.playground.content.Answers.svg;

import java.util.Locale;
import org.tagwarden.playground.net.Exchange;
import org.tagwarden.playground.net.Internet;

/**
 * Stand-ins for well-known vendors: the scripts are files, here are the endpoints they call. All of
 * it is our own and does what such tags do; nothing is the vendors'.
 */
final class TagVendors {
  private TagVendors() {}

  static void addTo(Internet internet) {
    google(internet);
    social(internet);
    analytics(internet);
    service(internet);
    advertising(internet);
  }

  private static void google(Internet internet) {
    internet.host("www.googletagmanager.com").at("/gtag/js", "/gtag/_gtag.js");
    internet.host("www.google-analytics.com").at("/g/collect", nothing()).at("/collect", pixel());
    internet.host("region1.google-analytics.com").at("/g/collect", nothing());
    internet.host("stats.g.doubleclick.net").at("/g/collect", pixelWithCookie("IDE=stand-in-9f1c"));
    internet
        .host("googleads.g.doubleclick.net")
        .at(
            "/pagead/viewthroughconversion/*",
            redirect(302, "https://www.google.com/pagead/1p-user-list/?stand=in"));
    internet.host("www.google.com").at("/pagead/1p-user-list/*", pixel());
    internet.host("securepubads.g.doubleclick.net");
    internet.host("fonts.googleapis.com").at("/css2", TagVendors::fontCss);
    internet
        .host("fonts.gstatic.com")
        .header("Access-Control-Allow-Origin", "*")
        .at("/s/*", exchange -> exchange.send(200, "font/ttf", StandInFont.bytes()));
    internet
        .host("www.youtube.com")
        .at("/embed/*", page(YOUTUBE))
        .at("/youtubei/v1/log_event", json("{}"));
    internet.host("i.ytimg.com").at("/vi/*", svg(POSTER));
  }

  private static void social(Internet internet) {
    internet
        .host("connect.facebook.net")
        .at("/signals/config/*", script("window.fbqConfig = {};\n"));
    internet
        .host("www.facebook.com")
        .at("/tr/", pixelWithCookie("fr=stand-in-77ab"))
        .at("/tr", pixelWithCookie("fr=stand-in-77ab"));
    internet.host("analytics.tiktok.com").at("/api/v2/pixel", json("{\"code\":0}"));
    internet.host("snap.licdn.com");
    internet
        .host("px.ads.linkedin.com")
        .at("/collect", redirect(302, "https://www.linkedin.com/px/li_sync?redirect=stand-in"));
    internet.host("www.linkedin.com").at("/px/li_sync", pixelWithCookie("bcookie=stand-in-li"));
  }

  private static void analytics(Internet internet) {
    internet.host("static.hotjar.com").at("/c/hotjar-*", "/c/_hotjar.js");
    internet.host("script.hotjar.com");
    internet.host("content.hotjar.io").at("/*", json("{\"success\":true}"));
    internet.host("cdn.segment.com").at("/v1/projects/*", json("{\"integrations\":{}}"));
    internet.host("api.segment.io").at("/v1/*", json("{\"success\":true}"));
    internet.host("cdn.optimizely.com");
    internet.host("logx.optimizely.com").at("/v1/events", nothing());
    internet.host("static.chartbeat.com");
    internet.host("ping.chartbeat.net").at("/ping", pixel());
    internet.host("browser.sentry-cdn.com").header("Access-Control-Allow-Origin", "*");
    internet.host("o450771.ingest.sentry.io").at("/api/*", json("{\"id\":\"stand-in\"}"));
  }

  private static void service(Internet internet) {
    internet
        .host("js.stripe.com")
        .at("/v3/", "/v3/_stripe.js")
        .at("/v3", "/v3/_stripe.js")
        .at("/v3/m-outer.html", page(STRIPE_FRAME));
    internet.host("m.stripe.com").at("/6", json("{\"muid\":\"stand-in\"}"));
    internet.host("widget.intercom.io").at("/widget/*", "/widget/_widget.js");
    internet.host("js.intercomcdn.com");
    internet.host("api-iam.intercom.io").at("/messenger/web/ping", json("{\"app\":{}}"));
    internet.host("cdn.cookielaw.org").at("/consent/*", json("{\"Version\":\"202409.1.0\"}"));
    internet
        .host("geolocation.onetrust.com")
        .at("/cookieconsentpub/v1/geo/location", json("{\"country\":\"NO\"}"));
    internet
        .host("cdn.jsdelivr.net")
        .header("Access-Control-Allow-Origin", "*")
        .at("/npm/jquery@1.12.4/dist/jquery.min.js", script(oldLibrary("jQuery v1.12.4")))
        .at("/npm/jquery@3.4.1/dist/jquery.min.js", script(oldLibrary("jQuery v3.4.1")));
  }

  private static void advertising(Internet internet) {
    internet.host("bat.bing.com").at("/action/0", pixelWithCookie("MUID=stand-in-bing"));
    internet.host("dynamic.criteo.com");
    internet.host("static.criteo.net");
    internet.host("sslwidget.criteo.com").at("/event", pixelWithCookie("uid=stand-in-criteo"));
    internet
        .host("gum.criteo.com")
        .at("/sync", redirect(302, "https://sync.adlattice.example/match?p=criteo"));
    internet.host("cdn.taboola.com");
    internet.host("trc.taboola.com").at("/*", json("{\"recommendations\":[]}"));
  }

  /** Not the library: its banner, by which checks know a version, and next to no code. */
  private static String oldLibrary(String nameAndVersion) {
    return "/*! "
        + nameAndVersion
        + " | playground stand-in */\n"
        + "window.jQuery = window.$ = function (ready) {\n"
        + "  if (typeof ready === 'function') document.addEventListener('DOMContentLoaded', ready);\n"
        + "};\n";
  }

  private static void fontCss(Exchange exchange) {
    String family =
        exchange.query("family", "Inter").replaceAll(":.*", "").replaceAll("[^A-Za-z ]", "");
    String path = family.toLowerCase(Locale.ROOT).replace(" ", "");
    open(exchange)
        .send(
            200,
            "text/css; charset=utf-8",
            """
            @font-face { font-family: '%s'; font-style: normal; font-weight: 400; font-display: swap;
              src: url(https://fonts.gstatic.com/s/%s/v13/stand-in.ttf) format('truetype'); }
            """
                .formatted(family, path));
  }

  private static final String YOUTUBE =
      """
      <!doctype html><html lang="en"><meta charset="utf-8"><title>Video</title>
      <style>html,body{margin:0;height:100%;background:#0f0f0f}img{width:100%;height:100%;object-fit:cover;opacity:.85}
      b{position:absolute;inset:0;margin:auto;width:68px;height:48px;border-radius:12px;background:#f03;display:block}
      b:after{content:"";position:absolute;left:27px;top:14px;border:10px solid transparent;border-left:17px solid #fff}</style>
      <img src="https://i.ytimg.com/vi/stand-in/hqdefault.jpg" alt="Preview of the video"><b></b>
      <script src="/s/player/stand-in/base.js" async></script></html>
      """;

  private static final String POSTER =
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 270"><defs><linearGradient id="g" x2="0" y2="1">
      <stop stop-color="#1d3557"/><stop offset="1" stop-color="#a8dadc"/></linearGradient></defs>
      <rect width="480" height="270" fill="url(#g)"/><path d="M0 220 90 120l60 60 90-110 110 130 50-50 80 70v50H0z" fill="#0b2239"/>
      <path d="M40 60q90-50 190 0t220-10" stroke="#7ae0a6" stroke-width="14" fill="none" opacity=".5"/></svg>
      """;

  private static final String STRIPE_FRAME =
      """
      <!doctype html><html lang="en"><title>Payment</title><script>
      fetch("https://m.stripe.com/6", {method: "POST", body: "{}"}).catch(() => {});
      </script></html>
      """;
}
