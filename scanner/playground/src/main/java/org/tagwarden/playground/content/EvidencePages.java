package org.tagwarden.playground.content;

import static org.tagwarden.playground.content.Answers.nothing;
import static org.tagwarden.playground.content.Answers.pixel;

import org.tagwarden.playground.net.Internet;

/**
 * {@code https://evidence.example/NAME}: pages whose scripts do what matters for risk, each once or
 * a known number of times. The scripts are of tags.evidence-parts.example;
 * frames.evidence-parts.example is a foreign frame. {@code https://NAME.wall.example/} are bot
 * challenges.
 */
final class EvidencePages {
  private EvidencePages() {}

  static void addTo(Internet internet) {
    internet.host("evidence.example").at("/upload", nothing());
    internet
        .host("tags.evidence-parts.example")
        .header("Access-Control-Allow-Origin", "*")
        .at("/beacon", nothing())
        .at("/pixel.gif", pixel());
    internet.host("frames.evidence-parts.example");
    internet
        .host("h3.evidence-parts.example")
        .header("Alt-Svc", "h3=\":443\"; ma=86400")
        .at("/pixel.gif", pixel());
    wall(internet, "marked", 403, "cf-mitigated", "challenge", "Example");
    wall(internet, "titled", 503, "Server", "wall", "Just a moment...");
    wall(internet, "denied", 403, "X-DataDome", "protected", "Example");
    wall(internet, "form", 200, "X-DataDome", "protected", "Sign in - security check");
  }

  /**
   * {@code https://NAME.wall.example/}: the first three stand before a site, the last is a form.
   */
  private static void wall(
      Internet internet, String name, int status, String header, String value, String title) {
    internet
        .host(name + ".wall.example")
        .at(
            "/*",
            exchange -> {
              exchange.header(header, value);
              exchange.send(
                  status,
                  "text/html; charset=utf-8",
                  "<!doctype html><title>" + title + "</title><p>Are you there?");
            });
  }
}
