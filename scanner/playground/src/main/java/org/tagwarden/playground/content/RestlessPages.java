package org.tagwarden.playground.content;

import static org.tagwarden.playground.content.Answers.nothing;
import static org.tagwarden.playground.content.Answers.open;
import static org.tagwarden.playground.content.Answers.pixel;

import java.util.Random;
import org.tagwarden.playground.net.Exchange;
import org.tagwarden.playground.net.Internet;

/**
 * {@code https://www.restless.example/}: a page that never changes and is never twice the same, as
 * most are. Nonces, build ids, time stamps and visitor ids are new on every load, one tag fires on
 * one load of five, and an A/B test shows every other visitor another page.
 */
final class RestlessPages {
  private static final String SITE = "www.restless.example";
  private static final String STEADY = "cdn.restless-tags.example";
  private static final String RARE = "cdn.rare-tags.example";
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  /** Chance, and the same one in every run. */
  private final Random random = new Random(20_260_302);

  private RestlessPages() {}

  static void addTo(Internet internet) {
    RestlessPages pages = new RestlessPages();
    internet
        .host(SITE)
        .header("Strict-Transport-Security", "max-age=31536000")
        .header("X-Content-Type-Options", "nosniff")
        .header("X-Frame-Options", "DENY")
        .header("Referrer-Policy", "strict-origin")
        .at("/", pages::page)
        .at("/assets/app.*", pages::app)
        .at("/assets/variant-b.js", Answers.script("document.body.className = 'b';"))
        .at("/basket", nothing());
    internet.host(STEADY).at("/s.js", pages::steady).at("/p.gif", pixel());
    internet
        .host(RARE)
        .at(
            "/r.js",
            Answers.script("new Image().src='https://" + RARE + "/p.gif?id='+Math.random();"))
        .at("/p.gif", pixel());
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
    exchange.header(
        "Content-Security-Policy",
        "default-src 'self' https:; script-src 'nonce-"
            + nonce
            + "' 'strict-dynamic'; frame-ancestors 'none'");
    exchange.header("Set-Cookie", "visitor=" + nonce + "; Path=/; Secure; HttpOnly; SameSite=Lax");
    exchange.send(200, "text/html; charset=utf-8", html(nonce, build, rare, b, items));
  }

  private static String html(String nonce, String build, boolean rare, boolean b, int items) {
    String script = "<script nonce=\"" + nonce + "\"";
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < items; i++)
      list.append("{id:").append(i).append(",name:'Shoe ").append(i).append("'},");
    return """
        <!doctype html>
        <html lang="en"><head><title>Restless</title>
        %1$s>window.dataLayer=window.dataLayer||[];dataLayer.push({nonce:'%2$s',made:%3$d,items:[%4$s]});</script>
        %1$s src="/assets/app.%5$s.js"></script>
        %1$s src="https://%6$s/s.js?cb=%3$d"></script>
        %7$s
        %8$s
        </head><body><h1>Shoes</h1></body></html>
        """
        .formatted(
            script,
            nonce,
            System.nanoTime(),
            list,
            build,
            STEADY,
            rare ? script + " src=\"https://" + RARE + "/r.js\"></script>" : "",
            b
                ? script + " src=\"/assets/variant-b.js\" defer></script>"
                : script + ">window.variant='a';</script>");
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
                + "fetch('/basket?cb='+Date.now());");
  }

  private void steady(Exchange exchange) {
    open(exchange)
        .send(
            200,
            SCRIPT,
            "/*! "
                + System.currentTimeMillis()
                + " */new Image().src='https://"
                + STEADY
                + "/p.gif?id='+Math.random();");
  }
}
