package org.tagwarden.playground.content;

import java.util.List;

/** Scripts that run beside the page: all of them files of torture.example. */
final class TortureWorkers {
  static final List<String> PAGES =
      List.of(
          "worker",
          "worker-by-tag",
          "worker-data",
          "worker-module",
          "worker-nested",
          "worker-socket",
          "shared-worker",
          "shared-worker-by-tag",
          "service-worker",
          "service-worker-intercepts");

  private TortureWorkers() {}
}
