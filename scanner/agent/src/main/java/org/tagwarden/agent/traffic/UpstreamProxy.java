package org.tagwarden.agent.traffic;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.littleshoot.proxy.ChainedProxy;
import org.littleshoot.proxy.ChainedProxyAdapter;
import org.littleshoot.proxy.HostResolver;

/**
 * A proxy of the site's people through which the scanner has to go.
 *
 * @param user null when it asks nobody who they are
 */
public record UpstreamProxy(
    String host, int port, @Nullable String user, @Nullable String password) {
  private static final int USUAL_PORT = 3128;
  private static final Pattern FORM =
      Pattern.compile("http://(?:(.*)@)?([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?/?");

  /** Reads {@code http://user:password@host:port}; secrets are put in already, as they are. */
  public static UpstreamProxy parse(String text) {
    Matcher parts = FORM.matcher(text.strip());
    if (!parts.matches()) throw unreadable();
    String who = parts.group(1);
    int colon = who == null ? -1 : who.indexOf(':');
    return new UpstreamProxy(
        parts.group(2),
        parts.group(3) == null ? USUAL_PORT : Integer.parseInt(parts.group(3)),
        who == null || colon < 0 ? who : who.substring(0, colon),
        who == null || colon < 0 ? "" : who.substring(colon + 1));
  }

  /** Without its text, which may hold a password. */
  private static IllegalArgumentException unreadable() {
    return new IllegalArgumentException(
        "The upstream proxy cannot be read: it should look like http://proxy.example.com:3128.");
  }

  /** For the proxy: every connection goes through here, looked up like any other target. */
  ChainedProxy chained(HostResolver resolver) {
    return new ChainedProxyAdapter() {
      @Override
      public InetSocketAddress getChainedProxyAddress() {
        try {
          return resolver.resolve(host, port);
        } catch (UnknownHostException e) {
          return InetSocketAddress.createUnresolved(host, port);
        }
      }

      @Override
      public void filterRequest(HttpObject object) {
        // Requests inside of a tunnel are for its far end, which must not learn of this.
        boolean forTheProxy =
            object instanceof HttpRequest request
                && (HttpMethod.CONNECT.equals(request.method())
                    || request.uri().startsWith("http://"));
        if (user != null && forTheProxy)
          ((HttpRequest) object)
              .headers()
              .set("Proxy-Authorization", "Basic " + RequestStamp.basic(user + ':' + password));
      }
    };
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
