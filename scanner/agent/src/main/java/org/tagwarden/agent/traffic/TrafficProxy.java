package org.tagwarden.agent.traffic;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.littleshoot.proxy.HttpProxyServer;
import org.littleshoot.proxy.HttpProxyServerBootstrap;
import org.littleshoot.proxy.impl.DefaultHttpProxyServer;
import org.littleshoot.proxy.impl.ServerGroup;

/** The proxy of a scanner: opens a port for each visit, all on the same few threads. */
public final class TrafficProxy implements AutoCloseable {
  private static final int LONGEST_LINE = 64 << 10;
  private static final int LARGEST_HEAD = 256 << 10;
  private static final int CHUNK = 32 << 10;

  private final ServerGroup threads = new ServerGroup("proxy", 1, 8, 4);
  private final Impersonation impersonation;
  private final UpstreamTrust trust;
  private final HttpProxyServer anchor;
  private final OwnPorts own;
  private final HostAliases aliases;
  private final TrafficLimits limits;

  /**
   * @param caCertificate PEM file with further CAs to trust, or null
   * @param dnsServer host and port of the DNS server that is asked for aliases, or null for those
   *     of this machine
   */
  public TrafficProxy(
      CertificateAuthority authority,
      @Nullable Path caCertificate,
      OwnPorts own,
      @Nullable String dnsServer) {
    this(authority, caCertificate, own, dnsServer, TrafficLimits.USUAL);
  }

  /** As above, with these limits for each visit. */
  public TrafficProxy(
      CertificateAuthority authority,
      @Nullable Path caCertificate,
      OwnPorts own,
      @Nullable String dnsServer,
      TrafficLimits limits) {
    this.limits = limits;
    this.own = own;
    this.aliases = new HostAliases(dnsServer, Clock.systemUTC());
    this.trust = new UpstreamTrust(caCertificate);
    this.impersonation = new Impersonation(authority);
    // The group shuts down with its last server: this one keeps it while no visit is under way.
    this.anchor = bootstrap().start();
    own.add(anchor.getListenAddress().getPort());
  }

  /** Opens a port for the visit of this page, which follows these rules. */
  public TrafficPort open(TrafficRules rules, @Nullable URI page) {
    UpstreamTrust.Policy upstream = trust.policy(rules.insecure());
    TrafficLog log = new TrafficLog(upstream.verdicts(), aliases, limits);
    TrafficPort.Wire wire = new TrafficPort.Wire(log, rules);
    TargetResolver resolver = new TargetResolver(rules, log, own, aliases, page);
    VisitMitm mitm = new VisitMitm(impersonation, upstream.context());
    HttpProxyServerBootstrap port =
        bootstrap()
            .withManInTheMiddle(mitm)
            .withServerResolver(resolver)
            .withFiltersSource(wire)
            .plusActivityTracker(wire.tracker());
    UpstreamProxy through = rules.upstream();
    if (through != null)
      port =
          port.withChainProxyManager(
              (request, proxies, client) -> {
                // Without any, the connection is refused.
                if (resolver.allowsBehindProxy(RequestTarget.asked(request)))
                  proxies.add(through.chained(resolver));
              });
    return new TrafficPort(log, port.start(), mitm, own);
  }

  @Override
  public void close() {
    anchor.abort();
    aliases.close();
  }

  private HttpProxyServerBootstrap bootstrap() {
    return DefaultHttpProxyServer.bootstrap()
        .withServerGroup(threads)
        .withAllowLocalOnly(true)
        .withPort(0)
        .withTransparent(true)
        .withConnectTimeout(ConnectCause.CONNECT_TIMEOUT_MS)
        .withMaxInitialLineLength(LONGEST_LINE)
        .withMaxHeaderSize(LARGEST_HEAD)
        .withMaxChunkSize(CHUNK);
  }
}
