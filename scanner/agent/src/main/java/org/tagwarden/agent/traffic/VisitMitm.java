package org.tagwarden.agent.traffic;

import com.google.common.net.HostAndPort;
import io.netty.handler.codec.http.HttpRequest;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.littleshoot.proxy.MitmManager;

/** Certificates towards the browser are shared, trust upstream is the visit's. */
final class VisitMitm implements MitmManager {
  private final Impersonation impersonation;
  private final SSLContext upstream;

  VisitMitm(Impersonation impersonation, SSLContext upstream) {
    this.impersonation = impersonation;
    this.upstream = upstream;
  }

  @Override
  public SSLEngine serverSslEngine(String host, int port) {
    return UpstreamTrust.engine(upstream, host, port);
  }

  /**
   * Asked for only when a server objected to its own name. Without a name to check, verification
   * fails, as it should: otherwise that objection would be a way around it.
   */
  @Override
  public SSLEngine serverSslEngine() {
    return UpstreamTrust.engine(upstream, "unnamed.invalid", 443);
  }

  @Override
  public SSLEngine clientSslEngineFor(HttpRequest connect, SSLSession upstreamSession) {
    return impersonation.engine(HostAndPort.fromString(connect.uri()).getHost(), upstreamSession);
  }
}
