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
final class Scans {
  private Scans() {}

  static ScannerSettings settings(Path folder, @Nullable Playground playground) {
    List<ConnectTo> mappings =
        playground == null
            ? List.of()
            : playground.connectTo().stream().map(ConnectTo::parseConnectTo).toList();
    Path ca = playground == null ? null : playground.caCertificate();
    String dns = playground == null ? null : playground.dnsServer();
    return new ScannerSettings("test", folder, mappings, ca, null, null, 4, false, dns, null);
  }

  static VisitOptions options(long settleMs, int concurrency) {
    return options(settleMs, concurrency, 30_000);
  }

  static VisitOptions options(long settleMs, int concurrency, long timeoutMs) {
    VisitOptions d = VisitOptions.DEFAULT;
    return new VisitOptions(
        d.consent(), d.device(), settleMs, timeoutMs, concurrency, 0, false, false);
  }

  static VisitOptions internal(long settleMs, long timeoutMs) {
    VisitOptions d = VisitOptions.DEFAULT;
    return new VisitOptions(d.consent(), d.device(), settleMs, timeoutMs, 1, 0, true, false);
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
