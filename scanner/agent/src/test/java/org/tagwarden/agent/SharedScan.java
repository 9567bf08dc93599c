package org.tagwarden.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.tagwarden.playground.Playground;
import org.tagwarden.playground.PlaygroundSettings;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.VisitOptions;

/**
 * A playground and a scanner that knows the way into it, one for all test classes that register
 * this: certificates and browsers are made once. Each class finds the playground's log empty. A
 * test that ends browsers, or that counts files, ports or processes, wants a scanner of its own.
 */
final class SharedScan implements BeforeAllCallback {
  private static final ExtensionContext.Namespace OURS =
      ExtensionContext.Namespace.create(SharedScan.class);

  /** Ends with the last test of the module. */
  private static final class World implements AutoCloseable {
    private final Path folder;
    private final Playground playground;
    private final SiteScan scan;

    private World() {
      try {
        folder = Files.createTempDirectory("tagwarden-tests");
        playground = Playground.start(PlaygroundSettings.anyPorts(folder));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      scan = new SiteScan(Scans.settings(folder.resolve("scanner"), playground));
    }

    @Override
    public void close() throws IOException {
      scan.close();
      playground.close();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
      }
    }
  }

  private World world;

  @Override
  public void beforeAll(ExtensionContext context) {
    world =
        context
            .getRoot()
            .getStore(OURS)
            .computeIfAbsent(World.class, type -> new World(), World.class);
    world.playground.clearLog();
  }

  Playground playground() {
    return world.playground;
  }

  SiteScan scan() {
    return world.scan;
  }

  PageVisit visit(String url, VisitOptions options) {
    return Scans.visit(world.scan, url, options);
  }

  /** The results of these pages, in the order in which they ended. */
  List<VisitResult> results(List<String> urls, VisitOptions options) {
    return Scans.scan(world.scan, new PageSet(PageSet.Kind.LIST, urls, urls.size()), options);
  }
}
