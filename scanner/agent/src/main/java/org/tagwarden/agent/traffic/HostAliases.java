package org.tagwarden.agent.traffic;

import com.google.common.net.HostAndPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What hosts are aliases of (DNS CNAME records), asked beside the connections and kept for an hour:
 * a tracker behind a name of the site's own shows there. Nothing waits for it until a visit's
 * record is put together. Thread-safe.
 */
final class HostAliases implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HostAliases.class);
  private static final Duration KEPT = Duration.ofHours(1);
  private static final int MOST_HOSTS = 5_000;
  private static final int DNS_PORT = 53;
  private static final int THREADS = 4;
  private static final long PATIENCE_MS = 300;

  private final Map<String, Asked> asked = new ConcurrentHashMap<>();
  private final ExecutorService threads = threads();
  private final @Nullable InetSocketAddress server;
  private final boolean ownServer;
  private final Clock clock;

  /**
   * @param lost whether it was asked because the host could not be resolved
   */
  private record Asked(CompletableFuture<List<String>> chain, Instant at, boolean lost) {}

  /**
   * @param server host and port of a DNS server, or null for the one of this machine
   */
  HostAliases(@Nullable String server, Clock clock) {
    this.clock = clock;
    this.ownServer = server != null;
    this.server = server == null ? serverOfThisMachine() : address(server);
  }

  private static InetSocketAddress address(String text) {
    HostAndPort parsed = HostAndPort.fromString(text).withDefaultPort(DNS_PORT);
    return new InetSocketAddress(parsed.getHost(), parsed.getPort());
  }

  /**
   * Begins to find out, unless that is known. A host that the operator mapped to an address of his
   * own is looked up only where he named a DNS server, too.
   */
  void ask(String host, boolean mapped) {
    String name = host.toLowerCase(Locale.ROOT);
    boolean address = name.indexOf(':') >= 0 || name.matches("[0-9.]+");
    if (address || name.indexOf('.') < 0 || name.endsWith(".invalid") || (mapped && !ownServer))
      return;
    Asked known = asked.get(name);
    if (known != null && known.at().plus(KEPT).isAfter(clock.instant())) return;
    begin(name, false);
  }

  /**
   * A host could not be resolved. It is asked again, for what was known may be old: what is told of
   * it from now on are aliases that lead to a name which does not exist.
   */
  void lost(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    Asked known = asked.get(name);
    if (known == null || (known.lost() && known.at().plus(KEPT).isAfter(clock.instant()))) return;
    begin(name, true);
  }

  private void begin(String name, boolean lost) {
    if (asked.size() >= MOST_HOSTS) asked.clear();
    CompletableFuture<List<String>> chain = new CompletableFuture<>();
    asked.put(name, new Asked(chain, clock.instant(), lost));
    threads.execute(() -> chain.complete(lookUp(name, lost)));
  }

  /** The names behind that host, in order; empty when it is no alias, or nobody asked. */
  List<String> of(String host) {
    Asked known = asked.get(host.toLowerCase(Locale.ROOT));
    if (known == null) return List.of();
    try {
      return known.chain().get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return List.of(); // a slow DNS server: known for the next visit
    } catch (ExecutionException e) {
      throw new IllegalStateException("Looking up an alias never fails", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private List<String> lookUp(String host, boolean lost) {
    try {
      if (server == null) return List.of();
      DnsQuestion.Answer answer = new DnsQuestion(host).answerBy(server);
      return lost && answer.exists() ? List.of() : answer.aliases();
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("The aliases of {} could not be looked up", host, e);
      asked.remove(host); // no answer is no knowledge: the next visit asks again
      return List.of();
    }
  }

  /** The first one that this machine asks; null when that cannot be told. */
  private static @Nullable InetSocketAddress serverOfThisMachine() {
    try {
      for (String line : Files.readAllLines(Path.of("/etc/resolv.conf"))) {
        String[] words = line.strip().split("\\s+", -1);
        if (words.length > 1 && words[0].equals("nameserver"))
          return new InetSocketAddress(words[1], DNS_PORT);
      }
    } catch (IOException e) {
      LOG.debug("No /etc/resolv.conf here: hosts' aliases are unknown", e);
    }
    return null;
  }

  /** What comes while the scanner closes is dropped: nobody waits for it any more. */
  private static ExecutorService threads() {
    return new ThreadPoolExecutor(
        THREADS,
        THREADS,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        HostAliases::thread,
        new ThreadPoolExecutor.DiscardPolicy());
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "dns");
    thread.setDaemon(true);
    return thread;
  }
}
