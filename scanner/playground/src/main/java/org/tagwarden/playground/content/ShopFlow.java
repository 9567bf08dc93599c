package org.tagwarden.playground.content;

import static org.tagwarden.playground.content.Answers.pixel;

import io.vertx.core.http.HttpServerRequest;
import java.util.function.BiConsumer;
import org.tagwarden.playground.net.Exchange;
import org.tagwarden.playground.net.VirtualHost;

/**
 * The shoe shop's till and its members' corner, for journeys: product, cart, checkout with a field
 * of the payment provider's, thanks; sign-in, account. No page of the shop links here, so that
 * nobody's crawl ends at the till.
 */
final class ShopFlow {
  private static final String MEMBER = "NORDLYS_MEMBER";

  /** Any password goes that is long enough: the playground keeps no secrets. */
  private static final int SHORTEST_PASSWORD = 12;

  private ShopFlow() {}

  static void addTo(VirtualHost shop) {
    shop.at("/buy/pay", exchange -> form(exchange, ShopFlow::pay))
        .at("/account/search", exchange -> exchange.redirect(303, "/account/sign-in"))
        .at("/account", exchange -> forMembers(shop, exchange, "/account/_home.html"))
        .at("/account/orders", exchange -> forMembers(shop, exchange, "/account/_orders.html"))
        .at("/account/remembered", pixel())
        .at("/account/sign-in", exchange -> signIn(shop, exchange));
  }

  private static void pay(Exchange exchange, HttpServerRequest request) {
    boolean complete =
        "NO".equals(request.getFormAttribute("country"))
            && "yes".equals(request.getFormAttribute("terms"));
    exchange.redirect(303, complete ? "/buy/thank-you" : "/buy/checkout?incomplete");
  }

  private static void signIn(VirtualHost shop, Exchange exchange) {
    if (exchange.request().method().name().equals("POST")) form(exchange, ShopFlow::admit);
    else shop.file("/account/sign-in.html").to(exchange);
  }

  private static void admit(Exchange exchange, HttpServerRequest request) {
    String password = request.getFormAttribute("password");
    if (password == null || password.length() < SHORTEST_PASSWORD) {
      exchange.redirect(303, "/account/sign-in?refused");
      return;
    }
    exchange.header("Set-Cookie", MEMBER + "=4711; Path=/; HttpOnly; SameSite=Lax");
    exchange.redirect(303, "/account");
  }

  private static void forMembers(VirtualHost shop, Exchange exchange, String page) {
    if (exchange.request().getCookie(MEMBER) == null) exchange.redirect(302, "/account/sign-in");
    else shop.file(page).to(exchange);
  }

  private static void form(Exchange exchange, BiConsumer<Exchange, HttpServerRequest> then) {
    HttpServerRequest request = exchange.request();
    request.setExpectMultipart(true).endHandler(end -> then.accept(exchange, request));
  }
}
