package org.tagwarden.playground.content;

import static org.tagwarden.playground.content.Answers.nothing;
import static org.tagwarden.playground.content.Answers.pixel;

import org.tagwarden.playground.net.Internet;

/**
 * {@code https://evidence.example/NAME}: pages whose scripts do what matters for risk, each once or
 * a known number of times. The scripts are of tags.evidence-parts.example;
 * frames.evidence-parts.example is a foreign frame.
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
  }
}
