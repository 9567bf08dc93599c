package org.tagwarden.playground.content;

import static org.tagwarden.playground.content.Answers.json;
import static org.tagwarden.playground.content.Answers.pixel;

import org.tagwarden.playground.net.Internet;

/**
 * {@code https://choices.example/NAME}: pages that ask for consent, each with a banner built like
 * those of a well-known platform (all our own), and one that nobody knows. Their tags are at
 * cdn.choice-tags.example.
 */
final class ConsentPages {
  private ConsentPages() {}

  static void addTo(Internet internet) {
    internet.host("choices.example");
    internet.host("frame.choice-tags.example");
    internet
        .host("cdn.choice-tags.example")
        .at("/pixel.gif", pixel())
        .at("/api", json("{\"ok\":true}"));
  }
}
