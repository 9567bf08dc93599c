package org.tagwarden.playground.content;

import static org.tagwarden.playground.content.Answers.nothing;

import org.tagwarden.playground.net.Internet;

/**
 * {@code https://looks.example/}: looks at its visitor as tags do, from the page, from frames and
 * from workers of every kind, and asks for {@code /seen?where=...&what=JSON} with what it saw.
 */
final class LookPages {
  private LookPages() {}

  static void addTo(Internet internet) {
    internet
        .host("looks.example")
        .header("Access-Control-Allow-Origin", "*")
        .at("/seen", nothing());
    internet.host("frame.looks-elsewhere.example");
  }
}
