package org.tagwarden.agent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.playground.Playground;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.VisitOptions;

/** Runs scans in tests: settings for the playground, options that allow what it needs, results. */
public final class Scans {
  /** More than any test visits: what limits a test is its order. */
  private static final int CONCURRENCY = 8;

  private Scans() {}

  /** A scanner that knows the way into the playground. */
  public static ScannerSettings settings(Path folder, Playground playground) {
    return new ScannerSettings(
        "test",
        folder,
        mappings(playground),
        playground.caCertificate(),
        null,
        null,
        CONCURRENCY,
        false,
        playground.dnsServer(),
        null);
  }

  /** A scanner that asks this machine's DNS servers what hosts are aliases of. */
  public static ScannerSettings settings(
      Path folder, List<ConnectTo> mappings, @Nullable Path ca, int concurrency) {
    return new ScannerSettings(
        "test", folder, mappings, ca, null, null, concurrency, false, null, null);
  }

  public static List<ConnectTo> mappings(Playground playground) {
    return playground.connectTo().stream().map(ConnectTo::parseConnectTo).toList();
  }

  static VisitOptions options(long settleMs, int concurrency) {
    return options(settleMs, concurrency, 30_000);
  }

  public static VisitOptions options(long settleMs, int concurrency, long timeoutMs) {
    return VisitOptions.DEFAULT
        .but()
        .settleMs(settleMs)
        .timeoutMs(timeoutMs)
        .concurrency(concurrency)
        .build();
  }

  /** Of a site that may be on this machine. */
  public static VisitOptions internal(long settleMs, long timeoutMs) {
    return options(settleMs, 1, timeoutMs).but().allowPrivate(true).build();
  }

  static List<VisitResult> scan(SiteScan scan, PageSet pages, VisitOptions options) {
    return scan(scan, new ScanOrder(UUID.randomUUID(), pages, options));
  }

  static List<VisitResult> scan(SiteScan scan, ScanOrder order) {
    List<VisitResult> results = Collections.synchronizedList(new ArrayList<>());
    scan.scan(
        order,
        new ScanListener() {
          @Override
          public void pagesFound(List<String> urls) {}

          @Override
          public void visitStarted(String url) {}

          @Override
          public void visited(VisitResult result) {
            results.add(result);
          }
        });
    return results;
  }

  static VisitResult result(SiteScan scan, String url, VisitOptions options) {
    return scan(scan, new PageSet(PageSet.Kind.LIST, List.of(url), 1), options).get(0);
  }

  static PageVisit visit(SiteScan scan, String url, VisitOptions options) {
    return result(scan, url, options).visit();
  }
}
