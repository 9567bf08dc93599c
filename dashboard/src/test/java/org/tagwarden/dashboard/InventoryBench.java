package org.tagwarden.dashboard;

import com.sun.management.OperatingSystemMXBean;
import io.vertx.sqlclient.Row;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import org.tagwarden.collector.bench.YearOfHistory;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.TestDatabase;

/**
 * How long the inventory page of a site takes, with a year of history of 50 sites with 200 tags
 * each: wall-clock time at a client on loopback, from before the request is sent to the last byte
 * of the compressed answer, nothing taken off. One visitor, a page after the other. {@code
 * scripts/bench inventory} starts it.
 */
final class InventoryBench {
  /** Looks at every site before the figures count: until the compilers have little left to do. */
  private static final int WARM_UP_ROUNDS = 60;

  private static final int ROUNDS = 20;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final DemoServer server;
  private final String cookie;
  private long bytes;

  private InventoryBench(DemoServer server) {
    this.server = server;
    this.cookie = "tagwarden_session=" + server.session(DemoServer.ADMIN).token();
  }

  public static void main(String[] arguments) throws TimeoutException {
    try (DemoServer server = DemoServer.filled()) {
      Database database = server.collector().database();
      YearOfHistory.fill(database).await(20, TimeUnit.MINUTES);
      new InventoryBench(server).run(sites(database), rows(database));
    }
  }

  private void run(List<Integer> sites, long rows) {
    print("%d sites, %d daily figures of tags", sites.size(), rows);
    report("first look at each", round(sites));
    for (int i = 1; i < WARM_UP_ROUNDS; i++) round(sites);
    double[] all = new double[ROUNDS * sites.size()];
    long process = processCpu();
    long loops = eventLoopCpu();
    for (int i = 0; i < ROUNDS; i++) {
      System.arraycopy(round(sites), 0, all, i * sites.size(), sites.size());
    }
    process = processCpu() - process;
    loops = eventLoopCpu() - loops;
    report("after " + WARM_UP_ROUNDS * sites.size() + " pages", all);
    print(
        "CPU a page: %.1f ms on the server's event loop, %.1f ms in the process (with compilers,"
            + " collector and client, without PostgreSQL); %d bytes sent, gzip",
        loops / 1e6 / all.length, process / 1e6 / all.length, bytes);
    print(
        "%d processors, load average %.1f",
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static long processCpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long eventLoopCpu() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(thread -> thread != null && thread.getThreadName().startsWith("vert.x-eventloop"))
        .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
        .sum();
  }

  /** Milliseconds a page, one visit to each site. */
  private double[] round(List<Integer> sites) {
    double[] times = new double[sites.size()];
    for (int i = 0; i < times.length; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.url() + "/sites/" + sites.get(i) + "/tags"))
              .headers("Cookie", cookie, "Accept-Encoding", "gzip")
              .build();
      try {
        long from = System.nanoTime();
        HttpResponse<byte[]> page = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        times[i] = (System.nanoTime() - from) / 1e6;
        verify(page);
        bytes = page.body().length;
      } catch (IOException e) {
        throw new IllegalStateException("No inventory", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    return times;
  }

  private static void verify(HttpResponse<byte[]> page) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(page.body()))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (page.statusCode() != 200 || !text.contains("Product 199"))
        throw new IllegalStateException("No inventory: " + page.statusCode());
    }
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
