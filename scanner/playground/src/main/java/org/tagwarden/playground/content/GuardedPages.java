package org.tagwarden.playground.content;

import static org.tagwarden.playground.content.Answers.pixel;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.tagwarden.playground.net.Exchange;
import org.tagwarden.playground.net.Internet;

/**
 * {@code https://staging.members.example/}: a site that lets in only who brings its header, its
 * password and its cookie. Its page echoes what it was given into URLs, its console and a script,
 * as careless pages do. Its third party is at cdn.members-tags.example.
 */
final class GuardedPages {
  private static final String EXPECTED =
      "Basic "
          + Base64.getEncoder()
              .encodeToString("scanner:correct horse".getBytes(StandardCharsets.UTF_8));

  private GuardedPages() {}

  static void addTo(Internet internet) {
    internet.host("staging.members.example").at("/", GuardedPages::page).at("/own.gif", pixel());
    internet.host("img.members.example").at("/own.gif", pixel());
    internet.host("cdn.members-tags.example").at("/pixel.gif", pixel());
  }

  private static void page(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    String key = request.getHeader("X-Scanner-Key");
    String cookie = request.getHeader("Cookie");
    boolean known =
        EXPECTED.equals(request.getHeader("Authorization"))
            && "open sesame".equals(key)
            && cookie != null
            && cookie.contains("preview=let-me-in");
    if (!known) {
      exchange.header("WWW-Authenticate", "Basic realm=\"staging\"");
      exchange.send(401, "text/html; charset=utf-8", "<title>Who are you?</title>");
      return;
    }
    exchange.send(
        200,
        "text/html; charset=utf-8",
        """
        <!doctype html>
        <html lang="en"><title>Members only</title>
        <img src="/own.gif" alt=""><img src="https://img.members.example/own.gif" alt="">
        <img src="https://cdn.members-tags.example/pixel.gif?key=open%20sesame" alt="">
        <script>
          const key = 'open sesame';
          console.error('The key is ' + key + ', the password is correct horse');
          fetch('/own.gif?echo=' + encodeURIComponent(document.cookie));
          document.cookie = 'been_here=1; path=/';
        </script>
        """);
  }
}
