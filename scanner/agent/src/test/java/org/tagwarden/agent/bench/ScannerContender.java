package org.tagwarden.agent.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.luben.zstd.Zstd;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.tagwarden.agent.ConnectTo;
import org.tagwarden.agent.ScanListener;
import org.tagwarden.agent.ScanOrder;
import org.tagwarden.agent.ScannerSettings;
import org.tagwarden.agent.Scans;
import org.tagwarden.agent.SiteScan;
import org.tagwarden.agent.VisitResult;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.ReportCodec;
import org.tagwarden.report.ScanReport;
import org.tagwarden.report.VisitOptions;

/**
 * The scanner as the bench sees it: a program that takes one line of JSON per round and says "done"
 * when the round's reports are packed and on the disk, as they are when it works for a server.
 */
public final class ScannerContender {
  private static final JsonMapper JSON = new JsonMapper();
  private static final long CAP_MS = 30_000;
  private static final int COMPRESSION = 3;

  private ScannerContender() {}

  /**
   * @param arguments the browser or nothing, data folder, PEM of the playground's authority,
   *     mappings as curl's
   */
  public static void main(String[] arguments) throws IOException {
    List<ConnectTo> mappings =
        List.of(arguments).subList(3, arguments.length).stream()
            .map(ConnectTo::parseConnectTo)
            .toList();
    ScannerSettings settings =
        new ScannerSettings(
            "bench",
            Path.of(arguments[1]),
            mappings,
            Path.of(arguments[2]),
            arguments[0].isEmpty() ? null : arguments[0],
            null,
            8,
            false,
            null,
            null);
    try (SiteScan scan = new SiteScan(settings);
        BufferedReader orders =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = orders.readLine(); line != null; line = orders.readLine()) {
        visit(scan, JSON.readValue(line, Contender.Order.class));
        System.out.println("done");
      }
    }
    System.exit(0);
  }

  private static void visit(SiteScan scan, Contender.Order order) {
    VisitOptions options = Scans.options(order.dwellMs(), order.together(), CAP_MS);
    UUID scanId = UUID.randomUUID();
    AtomicInteger number = new AtomicInteger();
    PageSet pages = new PageSet(PageSet.Kind.LIST, order.urls(), order.urls().size());
    scan.scan(
        new ScanOrder(scanId, pages, options),
        new ScanListener() {
          @Override
          public void pagesFound(List<String> urls) {}

          @Override
          public void visitStarted(String url) {}

          @Override
          public void visited(VisitResult result) {
            ScanReport report =
                ScanReport.of(
                    scanId, null, scan.identity(), List.of(result.visit()), result.bodies());
            String name = order.name() + "-" + number.getAndIncrement() + ".json.zst";
            try {
              Files.write(
                  Path.of(order.folder(), name),
                  Zstd.compress(ReportCodec.write(report), COMPRESSION));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
  }
}
