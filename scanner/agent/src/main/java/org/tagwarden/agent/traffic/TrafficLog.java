package org.tagwarden.agent.traffic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.Failure;
import org.tagwarden.report.Tls;

/**
 * Everything that one visit's port saw. Thread-safe; it asks its exchanges under its own lock, so
 * that none of them may wait for that.
 */
public final class TrafficLog {
  private final List<Exchange> exchanges = new ArrayList<>();
  private final Map<String, Failure> refusals = new HashMap<>();
  private final UpstreamTrust.Verdicts certificates;
  private final Map<String, ConnectFailure> connectFailures = new LinkedHashMap<>();
  private final Set<String> tunnels = new HashSet<>();
  private final Set<String> plainAuthorities = new HashSet<>();
  private final HostAliases aliases;
  private final TrafficLimits limits;
  private int connecting;
  private long headerBytes;
  private final AtomicLong scriptBytes = new AtomicLong();
  private long turnedAway;
  private long lastActivity = System.nanoTime();
  private boolean closing;

  TrafficLog(UpstreamTrust.Verdicts certificates, HostAliases aliases, TrafficLimits limits) {
    this.certificates = certificates;
    this.aliases = aliases;
    this.limits = limits;
  }

  /** The names that this host is an alias of, in order. May wait a moment for DNS. */
  public List<String> aliasesOf(String host) {
    return aliases.of(host);
  }

  /** A connection that could not be made for a tunnel: no request was ever seen in it. */
  public record ConnectFailure(
      String host, int port, Failure failure, @Nullable Tls tls, long nanos) {}

  public synchronized List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  /** Why tunnels to this host and port failed, or null. */
  public synchronized @Nullable ConnectFailure connectFailure(String host, int port) {
    return connectFailures.get(key(host, port));
  }

  public synchronized List<ConnectFailure> connectFailures() {
    return List.copyOf(connectFailures.values());
  }

  /** Whether bytes that the proxy could not read went to this host and port (ws without TLS). */
  public synchronized boolean tunnelled(String host, int port) {
    return tunnels.contains(key(host, port));
  }

  /** What was found out about this server's certificate, or null. */
  public synchronized @Nullable Tls certificateOf(String host, int port) {
    return certificates.of(host, port);
  }

  /**
   * Nanoseconds since the last sign of life of anything that a page waits for; 0 while something is
   * under way. Open streams and responses that drip for longer than {@code patienceNanos} don't
   * count.
   */
  public synchronized long quietNanos(long patienceNanos) {
    long now = System.nanoTime();
    if (connecting > 0) return 0;
    for (Exchange exchange : exchanges) if (exchange.keepsBusy(now, patienceNanos)) return 0;
    return now - lastActivity;
  }

  public synchronized int size() {
    return exchanges.size();
  }

  /** Requests that were not let through, because the page had sent more than can be kept. */
  public synchronized long turnedAway() {
    return turnedAway;
  }

  /** Whether another request may pass: nothing passes that is not written down. */
  synchronized boolean admits(long headBytes) {
    boolean room = exchanges.size() < limits.requests() && headerBytes < limits.headerBytes();
    if (room) headerBytes += headBytes;
    else turnedAway++;
    return room;
  }

  synchronized void responseHead(long bytes) {
    headerBytes += bytes;
  }

  /** Whether so much more of a script may be kept. Takes no lock: exchanges ask under their own. */
  boolean keepsScript(int bytes) {
    if (scriptBytes.addAndGet(bytes) <= limits.scriptBytes()) return true;
    scriptBytes.addAndGet(-bytes);
    return false;
  }

  /**
   * What of this belongs to one page of several: these exchanges, and the connections that failed
   * between the two moments.
   */
  public synchronized TrafficLog part(List<Exchange> own, long fromNanos, long toNanos) {
    TrafficLog part = new TrafficLog(certificates, aliases, limits);
    part.exchanges.addAll(own);
    part.refusals.putAll(refusals);
    connectFailures.forEach(
        (key, failure) -> {
          if (failure.nanos() >= fromNanos && failure.nanos() < toNanos)
            part.connectFailures.put(key, failure);
        });
    part.turnedAway = turnedAway;
    part.tunnels.addAll(tunnels);
    part.plainAuthorities.addAll(plainAuthorities);
    return part;
  }

  synchronized void add(Exchange exchange) {
    exchanges.add(exchange);
    touch();
  }

  synchronized void touch() {
    lastActivity = System.nanoTime();
  }

  /** From now on it is we who break connections off. */
  synchronized void closing() {
    closing = true;
  }

  synchronized boolean isClosing() {
    return closing;
  }

  synchronized void connecting(int difference) {
    connecting = Math.max(0, connecting + difference);
    touch();
  }

  synchronized void refused(String host, int port, Failure failure) {
    refusals.put(key(host, port), failure);
  }

  synchronized @Nullable Failure refusal(String host, int port) {
    return refusals.get(key(host, port));
  }

  synchronized void connectFailed(String host, int port, Failure failure) {
    String key = key(host, port);
    touch();
    if (connectFailures.size() >= limits.connectFailures()) {
      turnedAway++;
      return;
    }
    connectFailures.put(
        key,
        new ConnectFailure(host, port, failure, certificates.of(host, port), System.nanoTime()));
  }

  synchronized void tunnel(String host, int port) {
    tunnels.add(key(host, port));
  }

  synchronized void plain(String host, int port) {
    plainAuthorities.add(key(host, port));
  }

  /**
   * Whether plain HTTP was spoken with this host and port: then a tunnel to it is no TLS either.
   */
  synchronized boolean speaksPlain(String host, int port) {
    return port == 80 || plainAuthorities.contains(key(host, port));
  }

  private static String key(String host, int port) {
    return host.toLowerCase(Locale.ROOT) + ':' + port;
  }
}
