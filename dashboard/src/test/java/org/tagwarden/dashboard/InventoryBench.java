package org.tagwarden.dashboard;

import com.sun.management.OperatingSystemMXBean;
import io.vertx.sqlclient.Row;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tagwarden.collector.bench.YearOfHistory;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.TestDatabase;

/**
 * How long the server takes for the inventory page of a site, from the request to the last byte on
 * loopback, with a year of history of 50 sites with 200 tags each. {@code scripts/bench inventory}
 * starts it.
 */
final class InventoryBench {
  private static final int ROUNDS = 10;

  private InventoryBench() {}

  public static void main(String[] arguments) throws TimeoutException {
    try (DemoServer server = DemoServer.filled()) {
      Database database = server.collector().database();
      YearOfHistory.fill(database).await(20, TimeUnit.MINUTES);
      List<Integer> sites = sites(database);
      Browserless visitor = Browserless.as(server, DemoServer.ADMIN);

      print("%d sites, %d daily figures of tags", sites.size(), rows(database));
      report("first look at each", round(visitor, sites));
      for (int i = 0; i < 2; i++) round(visitor, sites);
      double[] all = new double[0];
      long cpu = cpuNanos();
      for (int i = 0; i < ROUNDS; i++) {
        double[] one = round(visitor, sites);
        int before = all.length;
        all = Arrays.copyOf(all, before + one.length);
        System.arraycopy(one, 0, all, before, one.length);
      }
      report("warm", all);
      print("CPU of server and client %6.1f ms a page", (cpuNanos() - cpu) / 1e6 / all.length);
    }
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** Milliseconds a page, one visit to each site. */
  private static double[] round(Browserless visitor, List<Integer> sites) {
    double[] times = new double[sites.size()];
    for (int i = 0; i < times.length; i++) {
      long from = System.nanoTime();
      HttpResponse<String> page = visitor.get("/sites/" + sites.get(i) + "/tags");
      times[i] = (System.nanoTime() - from) / 1e6;
      if (page.statusCode() != 200 || !page.body().contains("Product 199"))
        throw new IllegalStateException("No inventory: " + page.statusCode());
    }
    return times;
  }

  private static void report(String what, double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    print(
        "%-20s %5d pages   p50 %6.1f ms   p99 %6.1f ms   worst %6.1f ms",
        what,
        sorted.length,
        sorted[sorted.length / 2],
        sorted[(int) Math.ceil(sorted.length * 0.99) - 1],
        sorted[sorted.length - 1]);
  }

  private static List<Integer> sites(Database database) {
    List<Integer> ids = new ArrayList<>();
    for (Row row :
        TestDatabase.await(
            database
                .pool()
                .query("SELECT id FROM site WHERE name LIKE 'Bench %' ORDER BY id")
                .execute())) ids.add(row.getInteger(0));
    return ids;
  }

  private static long rows(Database database) {
    return TestDatabase.await(database.pool().query("SELECT count(*) FROM tag_day").execute())
        .iterator()
        .next()
        .getLong(0);
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
