package org.tagwarden.collector.checks;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tagwarden.collector.governance.rules.Authorizations;
import org.tagwarden.collector.vendors.Recogniser;
import org.tagwarden.collector.vendors.Recognition;
import org.tagwarden.collector.vendors.SiteScope;
import org.tagwarden.collector.vendors.VendorCatalog;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.SampleVisit;

/**
 * CPU time of recognition and checks of visits of 150 requests, one thread, warm. Run by {@code
 * scripts/bench recognise}.
 */
final class RecogniseBench {
  private static final String PAGE = "https://www.shop.example/";
  private static final int VISITS = 40;
  private static final int ROUNDS = 30;

  private RecogniseBench() {}

  /** Prints the figures. */
  public static void main(String[] args) {
    long start = cpuNanos();
    VendorCatalog catalog = VendorCatalog.load(null);
    double loadMs = (cpuNanos() - start) / 1e6;
    Recogniser recogniser = new Recogniser(catalog);
    SiteScope site = new SiteScope(PAGE, List.of());
    List<Visited> visits = visits(recogniser, site);

    double[] recognise = new double[ROUNDS];
    double[] examine = new double[ROUNDS];
    long seen = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long from = cpuNanos();
      for (Visited visit : visits) seen += recogniser.recognise(visit.visit(), site).tags().size();
      long between = cpuNanos();
      for (Visited visit : visits) seen += CheckCatalog.examine(visit).results().size();
      recognise[round] = (between - from) / 1e6 / VISITS;
      examine[round] = (cpuNanos() - between) / 1e6 / VISITS;
    }
    System.out.printf(
        "catalogue: %d products of %d vendors, loaded in %.0f ms of CPU%n",
        catalog.products(), catalog.vendors().size(), loadMs);
    System.out.printf(
        "recognise a visit of 150 requests: median %.2f ms of CPU (first round %.2f ms)%n",
        median(recognise), recognise[0]);
    System.out.printf(
        "check it (%d checks, script texts searched before): median %.2f ms of CPU (first round %.2f ms)%n",
        CheckCatalog.ALL.size(), median(examine), examine[0]);
    System.out.printf("tags and findings counted: %d%n", seen);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static List<Visited> visits(Recogniser recogniser, SiteScope site) {
    List<Visited> visits = new ArrayList<>();
    for (int seed = 1; seed <= VISITS; seed++) {
      SampleVisit sample = SampleReports.busy(PAGE, 150, seed);
      PageVisit visit = sample.build();
      Map<String, String> bodies =
          new HashMap<>(SampleReports.report(visit.visitId(), sample).bodies());
      Recognition recognition = recogniser.recognise(visit, site);
      visits.add(
          new Visited(visit, recognition, Authorizations.NONE, bodies::get, visit.startedAt()));
    }
    return visits;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
