package org.tagwarden.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.playground.Playground;
import org.tagwarden.playground.PlaygroundSettings;
import org.tagwarden.playground.ServedRequest;
import org.tagwarden.report.PageSet;

/**
 * One visit of every page of the playground, made once for all tests that look at what came of it.
 *
 * @param log what was served meanwhile
 */
record Course(List<String> pages, List<VisitResult> results, List<ServedRequest> log) {
  private static final long SETTLE_MS = 1_500;
  private static @Nullable Course visited;

  /**
   * Visits them, unless another test has.
   *
   * @param folder for the playground and the scanner while they are visited
   */
  static synchronized Course visited(Path folder) throws IOException {
    if (visited == null) visited = visit(Files.createTempDirectory(folder, "course"));
    return visited;
  }

  private static Course visit(Path folder) throws IOException {
    try (Playground playground = Playground.start(PlaygroundSettings.anyPorts(folder));
        SiteScan scan = new SiteScan(Scans.settings(folder.resolve("scanner"), playground))) {
      List<String> pages = playground.urls();
      PageSet set = new PageSet(PageSet.Kind.LIST, pages, pages.size());
      return new Course(
          pages, Scans.scan(scan, set, Scans.options(SETTLE_MS, 4)), playground.log());
    }
  }

  /** What came of the visit to this page. */
  VisitResult result(String url) {
    return results.stream().filter(r -> r.visit().page().equals(url)).findFirst().orElseThrow();
  }
}
