package org.tagwarden.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tagwarden.playground.net.Answer;
import org.tagwarden.playground.net.Exchange;
import org.tagwarden.playground.net.Internet;
import org.tagwarden.playground.net.VirtualHost;

/**
 * A shop that carries SDKs as their vendors publish them, from npm, under their vendors' host
 * names. Their collectors take whatever they send; nothing here leaves this machine.
 */
final class RealSdks {
  static final String PAGE = "https://www.sdk-shop.example/";

  /** Where each SDK's script comes from, and where it has to send something. */
  record Sdk(String script, String collector) {}

  static final List<Sdk> ALL =
      List.of(
          new Sdk("https://us-assets.i.posthog.com/static/array.js", "us.i.posthog.com"),
          new Sdk("https://cdn.mxpnl.com/libs/mixpanel.umd.js", "api-js.mixpanel.com"),
          new Sdk("https://d2wy8f7a9ursnm.cloudfront.net/bugsnag.min.js", "sessions.bugsnag.com"),
          new Sdk("https://d2wy8f7a9ursnm.cloudfront.net/bugsnag.min.js", "notify.bugsnag.com"),
          new Sdk(
              "https://www.datadoghq-browser-agent.com/datadog-rum.js",
              "browser-intake-datadoghq.com"));

  private static final Path MODULES = Path.of("src/test/sdks/node_modules");

  private static final String INDEX =
      """
      <!doctype html>
      <html lang="en"><title>A shop with real SDKs</title>
      <script src="https://www.datadoghq-browser-agent.com/datadog-rum.js"></script>
      <script src="https://d2wy8f7a9ursnm.cloudfront.net/bugsnag.min.js"></script>
      <script src="https://us-assets.i.posthog.com/static/array.js"></script>
      <script src="https://cdn.mxpnl.com/libs/mixpanel.umd.js"></script>
      <script src="https://unpkg.com/web-vitals.iife.js"></script>
      <script src="https://code.jquery.com/jquery-1.12.4.min.js"></script>
      <h1>Boots</h1><p style="height: 3000px">Long.</p><button id="buy">Buy</button>
      <script src="/tags.js"></script>
      <script src="/shop.js"></script>
      """;

  private static final String TAGS =
      """
      DD_RUM.init({ applicationId: '9bdcfb46-2a5e-4a3c-8c4e-2b5a9a4b1f10', site: 'datadoghq.com',
        clientToken: 'pub0123456789abcdef0123456789abcdef', service: 'shop', sessionSampleRate: 100,
        sessionReplaySampleRate: 0, trackResources: true, trackLongTasks: true });
      Bugsnag.start({ apiKey: '0123456789abcdef0123456789abcdef' });
      posthog.init('phc_test', { api_host: 'https://us.i.posthog.com', person_profiles: 'always',
        request_batching: false });
      mixpanel.init('0123456789abcdef0123456789abcdef', { batch_requests: false, persistence: 'cookie' });
      mixpanel.track('Viewed boots');
      webVitals.onTTFB(vital => navigator.sendBeacon('/vitals', JSON.stringify(vital)));
      """;

  /** Asks through fetch, XMLHttpRequest and jQuery, all of which are wrapped by then. */
  private static final String SHOP =
      """
      function priceByFetch() { return fetch('https://api.sdk-shop.example/price?by=fetch'); }
      function stockByXhr() {
        const xhr = new XMLHttpRequest();
        xhr.open('GET', 'https://api.sdk-shop.example/stock?by=xhr');
        xhr.send();
      }
      priceByFetch().then(() => stockByXhr());
      jQuery(function ($) {
        $.getJSON('https://api.sdk-shop.example/rating?by=jquery');
        $.ajax({ url: 'https://api.sdk-shop.example/offers?by=jsonp', dataType: 'jsonp' });
      });
      setTimeout(() => { throw new Error('The basket fell over'); }, 200);
      """;

  private RealSdks() {}

  static void addTo(Internet internet) {
    internet
        .host("www.sdk-shop.example")
        .at("/", exchange -> exchange.send(200, "text/html; charset=utf-8", INDEX))
        .at("/tags.js", script(TAGS))
        .at("/shop.js", script(SHOP))
        .at("/vitals", RealSdks::taken);
    internet.host("api.sdk-shop.example").at("/offers", RealSdks::jsonp).at("/*", taken("{}"));
    file(
        internet,
        "www.datadoghq-browser-agent.com",
        "@datadog/browser-rum/bundle",
        "datadog-rum.js");
    file(internet, "d2wy8f7a9ursnm.cloudfront.net", "@bugsnag/browser/dist", "bugsnag.min.js");
    file(internet, "cdn.mxpnl.com", "mixpanel-browser/dist", "libs/mixpanel.umd.js");
    file(internet, "unpkg.com", "web-vitals/dist", "web-vitals.iife.js");
    internet
        .host("code.jquery.com")
        .at("/jquery-1.12.4.min.js", module("jquery/dist/jquery.min.js"));
    postHog(internet);
    for (String collector :
        List.of("browser-intake-datadoghq.com", "sessions.bugsnag.com", "notify.bugsnag.com"))
      internet.host(collector).at("/*", taken("{}"));
    internet.host("api-js.mixpanel.com").at("/*", taken("1"));
  }

  /** Analytics and session replay: its recorder is fetched when the project asks for it. */
  private static void postHog(Internet internet) {
    String config =
        """
        {"token":"phc_test","supportedCompression":["gzip","gzip-js"],"hasFeatureFlags":false,
         "sessionRecording":{"endpoint":"/s/"},"autocapture_opt_out":false,"surveys":false,
         "heatmaps":false,"capturePerformance":false,"siteApps":[]}
        """;
    internet
        .host("us-assets.i.posthog.com")
        .at("/array/phc_test/config.js", RealSdks::nothing)
        .at("/array/phc_test/config", taken(config))
        .at("/static/*", RealSdks::asset);
    internet.host("us.i.posthog.com").at("/*", taken("{\"status\":1}"));
  }

  private static void asset(Exchange exchange) {
    String path = String.valueOf(exchange.request().path());
    module("posthog-js/dist/" + path.substring(path.lastIndexOf('/') + 1)).to(exchange);
  }

  private static void file(Internet internet, String host, String folder, String path) {
    VirtualHost vendor = internet.host(host);
    vendor.at("/" + path, module(folder + "/" + path.substring(path.lastIndexOf('/') + 1)));
  }

  private static Answer module(String file) {
    return exchange -> {
      try {
        open(exchange)
            .send(200, "text/javascript; charset=utf-8", Files.readAllBytes(MODULES.resolve(file)));
      } catch (IOException e) {
        throw new UncheckedIOException("The SDK " + file + " is not installed: build first", e);
      }
    };
  }

  private static Answer script(String text) {
    return exchange -> exchange.send(200, "text/javascript; charset=utf-8", text);
  }

  private static Answer taken(String answer) {
    return exchange -> open(exchange).send(200, "application/json", answer);
  }

  private static void taken(Exchange exchange) {
    open(exchange).empty(204);
  }

  private static void nothing(Exchange exchange) {
    open(exchange).send(404, "text/plain", "none");
  }

  private static void jsonp(Exchange exchange) {
    exchange.send(200, "text/javascript", exchange.query("callback", "nobody") + "([]);");
  }

  private static Exchange open(Exchange exchange) {
    String origin = exchange.request().getHeader("Origin");
    if (origin != null)
      exchange
          .header("Access-Control-Allow-Origin", origin)
          .header("Access-Control-Allow-Credentials", "true");
    return exchange;
  }
}
