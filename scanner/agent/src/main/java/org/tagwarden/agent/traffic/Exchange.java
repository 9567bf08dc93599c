package org.tagwarden.agent.traffic;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.Failure;
import org.tagwarden.report.Header;
import org.tagwarden.report.Sizes;
import org.tagwarden.report.Timing;
import org.tagwarden.report.Tls;

/**
 * One request and its response as they pass the proxy. Written by Netty's threads, read by the
 * visit's: every access is synchronized.
 */
public final class Exchange {
  private final String url;
  private final String method;
  private final long startNanos;
  private final List<Header> requestHeaders;
  private UpstreamConnection connection;
  private @Nullable Integer status;
  private String protocol = "http/1.1";
  private List<Header> responseHeaders = List.of();
  private List<String> setCookies = List.of();
  private @Nullable Tls tls;
  private @Nullable Failure failure;
  private long requestBytes;
  private long headerBytes;
  private long wireBytes;
  private long sendStart;
  private long sendEnd;
  private long firstByte;
  private long end;
  private boolean setUpHere;
  private @Nullable ByteArrayOutputStream script;
  private boolean scriptTooBig;

  Exchange(
      String url,
      String method,
      long startNanos,
      List<Header> requestHeaders,
      long headBytes,
      UpstreamConnection connection) {
    this.url = url;
    this.method = method;
    this.startNanos = startNanos;
    this.requestHeaders = requestHeaders;
    this.requestBytes = headBytes;
    this.connection = connection;
  }

  public String url() {
    return url;
  }

  public String method() {
    return method;
  }

  public long startNanos() {
    return startNanos;
  }

  public List<Header> requestHeaders() {
    return requestHeaders;
  }

  public synchronized @Nullable Integer status() {
    return status;
  }

  public synchronized String protocol() {
    return protocol;
  }

  public synchronized List<Header> responseHeaders() {
    return responseHeaders;
  }

  /** Set-Cookie headers with their values, which stay inside the scanner. */
  public synchronized List<String> setCookies() {
    return setCookies;
  }

  public synchronized @Nullable Tls tls() {
    return tls;
  }

  public synchronized @Nullable Failure failure() {
    return failure;
  }

  /** Address without port, null when no connection was made. */
  public synchronized @Nullable String remoteAddress() {
    var address = connection.address;
    boolean connected = address != null && connection.ready != 0;
    return connected ? address.getAddress().getHostAddress() : null;
  }

  /** Where the request went, null when no connection was made, or by another proxy. */
  synchronized @Nullable InetSocketAddress server() {
    return connection.ready != 0 ? connection.address : null;
  }

  public synchronized Sizes sizes(long decodedBytes) {
    return new Sizes(requestBytes, headerBytes, wireBytes, Math.max(0, decodedBytes));
  }

  public synchronized Timing timing() {
    return new Timing(
        setUpHere ? connection.dnsMs() : -1,
        setUpHere ? connection.connectMs() : -1,
        setUpHere ? connection.tlsMs() : -1,
        phase(sendStart, sendEnd),
        phase(sendEnd, firstByte),
        phase(firstByte, end));
  }

  public synchronized boolean ended() {
    return end != 0;
  }

  /** Whether a page that waits for quiet has to wait for this one. */
  synchronized boolean keepsBusy(long nowNanos, long patienceNanos) {
    if (end != 0) return false;
    return firstByte == 0 || (nowNanos - firstByte < patienceNanos && !open());
  }

  /** A WebSocket or an event stream: stays open as long as the page does. */
  synchronized boolean open() {
    return status != null && (status == 101 || isEventStream());
  }

  public synchronized boolean isEventStream() {
    String type = header("content-type");
    return type != null && type.startsWith("text/event-stream");
  }

  public synchronized @Nullable String header(String name) {
    for (Header header : responseHeaders)
      if (header.name().equalsIgnoreCase(name)) return header.value();
    return null;
  }

  /**
   * The decoded script, null if this is none; throws when it cannot be decoded, with a message that
   * ends a sentence beginning with the script.
   */
  public @Nullable ScriptBody scriptBody() throws IOException {
    byte[] wire;
    String encoding;
    String type;
    synchronized (this) {
      if (script == null || end == 0 || failure != null) return null;
      if (scriptTooBig)
        throw new IOException("it is larger than " + (ScriptBody.MOST_BYTES >> 20) + " MB");
      wire = script.toByteArray();
      String header = header("content-encoding");
      encoding = header == null ? "" : header;
      type = header("content-type");
    }
    return ScriptBody.decode(wire, encoding, type);
  }

  synchronized void connection(UpstreamConnection made) {
    connection = made;
  }

  synchronized void sending(long now) {
    sendStart = now;
    setUpHere = connection.chargeSetUp();
  }

  synchronized void sent(long now) {
    sendEnd = now;
  }

  synchronized void requestBody(long bytes) {
    requestBytes += bytes;
  }

  synchronized void tls(@Nullable Tls facts) {
    tls = facts;
  }

  synchronized void responseHead(
      int code,
      List<Header> headers,
      List<String> cookies,
      long headBytes,
      long now,
      boolean isScript) {
    if (sendEnd == 0) sendEnd = now;
    firstByte = now;
    status = code;
    responseHeaders = headers;
    setCookies = cookies;
    headerBytes = headBytes;
    if (code == 101) protocol = "ws";
    if (isScript) script = new ByteArrayOutputStream();
  }

  synchronized void responseBody(int bytes) {
    wireBytes += bytes;
  }

  /** The stream that a script's body is copied to, or null. */
  synchronized @Nullable ByteArrayOutputStream scriptCopy(int more, TrafficLog log) {
    if (script == null || scriptTooBig) return null;
    scriptTooBig = script.size() + (long) more > ScriptBody.MOST_BYTES || !log.keepsScript(more);
    if (scriptTooBig) script = new ByteArrayOutputStream(0); // what was kept is of no use
    return scriptTooBig ? null : script;
  }

  synchronized void end(long now) {
    if (end == 0) end = now;
  }

  /** The first cause counts; an exchange that has ended has no failure. */
  synchronized void fail(Failure cause, long now) {
    if (end != 0) return;
    failure = cause;
    end = now;
  }

  private static double phase(long from, long to) {
    return from == 0 || to == 0 ? -1 : Math.max(0, (to - from) / 1e6);
  }
}
