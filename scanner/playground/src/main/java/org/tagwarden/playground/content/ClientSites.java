package org.tagwarden.playground.content;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tagwarden.playground.net.Answer;
import org.tagwarden.playground.net.Internet;
import org.tagwarden.playground.net.VirtualHost;

/**
 * The three clients of the demo: a shoe shop without a policy of any kind, an insurer with most
 * headers right, a newspaper that still serves plain http.
 */
final class ClientSites {
  private static final String SHOP = "https://shop.nordlys-shoes.example";
  private static final String INSURER = "https://www.halden-insurance.example";
  private static final String NEWSPAPER = "https://www.morgenpost-city.example";

  private static final List<String> SHOP_PAGES =
      List.of("/", "/women", "/men", "/fjell-runner", "/stories", "/cart", "/checkout", "/contact");
  private static final List<String> INSURER_PAGES =
      List.of("/", "/car", "/home", "/travel", "/quote", "/claims", "/about");
  private static final List<String> NEWSPAPER_PAGES =
      List.of("/", "/city", "/sport", "/harbour-bridge", "/subscribe");

  /** The shop's analytics runs under its own name. */
  static final Map<String, String> ALIASES =
      Map.of("metrics.nordlys-shoes.example", "nordlys.sc.omtrdc.net");

  private ClientSites() {}

  static void addTo(Internet internet) {
    shop(internet.host("shop.nordlys-shoes.example"));
    insurer(internet.host("www.halden-insurance.example"));
    newspaper(internet.host("www.morgenpost-city.example"));
  }

  static List<String> frontPages() {
    return List.of(SHOP + "/", INSURER + "/", NEWSPAPER + "/");
  }

  static List<String> urls() {
    return Stream.of(
            SHOP_PAGES.stream().map(SHOP::concat),
            INSURER_PAGES.stream().map(INSURER::concat),
            NEWSPAPER_PAGES.stream().map(NEWSPAPER::concat),
            Stream.of("http://www.morgenpost-city.example/weather"))
        .flatMap(pages -> pages)
        .toList();
  }

  /** No security header, and a session cookie that any script and any http request may read. */
  private static void shop(VirtualHost host) {
    host.header("Set-Cookie", "NORDLYS_SESSION=7f3a9c51d2e84b06; Path=/")
        .at("/sitemap.xml", sitemap(SHOP, SHOP_PAGES));
    ShopFlow.addTo(host);
  }

  private static void insurer(VirtualHost host) {
    host.header("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "strict-origin-when-cross-origin")
        .header(
            "Content-Security-Policy",
            "default-src 'self' https: data:; script-src 'self' 'unsafe-inline' https:; style-src"
                + " 'self' 'unsafe-inline' https:; frame-ancestors 'self'")
        .header("Set-Cookie", "halden_sid=b81d07e2c9; Path=/; Secure; HttpOnly; SameSite=Lax")
        .at("/sitemap.xml", sitemap(INSURER, INSURER_PAGES));
  }

  private static void newspaper(VirtualHost host) {
    host.header("X-Content-Type-Options", "nosniff")
        .header("Set-Cookie", "mp_reader=anon-40213; Path=/; SameSite=Lax")
        .at("/sitemap.xml", sitemap(NEWSPAPER, NEWSPAPER_PAGES));
  }

  private static Answer sitemap(String base, List<String> pages) {
    StringBuilder xml =
        new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
            .append("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for (String page : pages)
      xml.append("  <url><loc>").append(base).append(page).append("</loc></url>\n");
    String body = xml.append("</urlset>\n").toString();
    return exchange -> exchange.send(200, "application/xml", body);
  }
}
