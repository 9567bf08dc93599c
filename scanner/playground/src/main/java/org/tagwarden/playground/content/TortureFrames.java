package org.tagwarden.playground.content;

import java.util.List;

/** Documents in documents: all of them files of torture.example and frames.torture-tags.example. */
final class TortureFrames {
  static final List<String> PAGES =
      List.of(
          "iframe-nested",
          "iframe-srcdoc",
          "iframe-sandboxed",
          "iframe-removed",
          "iframe-by-script",
          "iframe-beacon");

  private TortureFrames() {}
}
