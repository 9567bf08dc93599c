package org.tagwarden.agent.traffic;

import com.google.common.net.HostAndPort;
import io.netty.handler.codec.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.littleshoot.proxy.MitmManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Certificates towards the browser are shared, trust upstream is the visit's. */
final class VisitMitm implements MitmManager, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VisitMitm.class);
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Impersonation impersonation;
  private final SSLContext upstream;
  private final Queue<SSLEngine> engines = new ConcurrentLinkedQueue<>();

  VisitMitm(Impersonation impersonation, SSLContext upstream) {
    this.impersonation = impersonation;
    this.upstream = upstream;
  }

  @Override
  public SSLEngine serverSslEngine(String host, int port) {
    return kept(UpstreamTrust.engine(upstream, host, port));
  }

  /**
   * Asked for only when a server objected to its own name. Without a name to check, verification
   * fails, as it should: otherwise that objection would be a way around it.
   */
  @Override
  public SSLEngine serverSslEngine() {
    return kept(UpstreamTrust.engine(upstream, "unnamed.invalid", 443));
  }

  @Override
  public SSLEngine clientSslEngineFor(HttpRequest connect, SSLSession upstreamSession) {
    String host = HostAndPort.fromString(connect.uri()).getHost();
    return kept(impersonation.engine(host, upstreamSession));
  }

  private SSLEngine kept(SSLEngine engine) {
    engines.add(engine);
    return engine;
  }

  /**
   * Ends the engines, whose connections are closed already. A native one has two files open until
   * both of its sides are closed and its last words are fetched, which not every way of losing a
   * connection does.
   */
  @Override
  public void close() {
    for (SSLEngine engine : engines) end(engine);
    engines.clear();
  }

  private static void end(SSLEngine engine) {
    engine.closeOutbound();
    try {
      engine.closeInbound();
    } catch (SSLException e) {
      LOG.trace("The other side had not taken its leave", e);
    }
    ByteBuffer unsent = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    try {
      while (engine.wrap(NOTHING.duplicate(), unsent.clear()).bytesProduced() > 0) {
        LOG.trace("A leave that nobody waits for");
      }
    } catch (SSLException e) {
      LOG.trace("It had nothing left to say", e);
    }
  }
}
