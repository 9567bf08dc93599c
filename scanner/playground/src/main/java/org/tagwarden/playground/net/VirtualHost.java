package org.tagwarden.playground.net;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One host name: its own answers by path, the headers of everything it serves, then its files. */
public final class VirtualHost {
  private final String name;
  private final Map<String, Answer> exact = new LinkedHashMap<>();
  private final Map<String, Answer> prefixes = new LinkedHashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> headersOfPath = new LinkedHashMap<>();
  private final HostFiles files;

  VirtualHost(String name) {
    this.name = name;
    this.files = new HostFiles(name);
  }

  /** The host name. */
  public String name() {
    return name;
  }

  /** Answers one path; one that ends in {@code *} answers all that begin so. */
  public VirtualHost at(String path, Answer answer) {
    if (path.endsWith("*")) {
      prefixes.put(path.substring(0, path.length() - 1), answer);
    } else {
      exact.put(path, answer);
    }
    return this;
  }

  /** Answers one path (or all that begin so) with a file of this host that has another name. */
  public VirtualHost at(String path, String file) {
    return at(path, file(file));
  }

  /** The answer that is a file of this host. */
  public Answer file(String name) {
    HostFiles.Served served = files.named(name);
    return exchange -> exchange.send(200, served.type(), served.body());
  }

  /** Adds a header to everything this host serves. */
  public VirtualHost header(String header, String value) {
    headers.put(header, value);
    return this;
  }

  /** Adds a header to what this host serves under one path. */
  public VirtualHost withHeader(String path, String header, String value) {
    headersOfPath.computeIfAbsent(path, p -> new LinkedHashMap<>()).put(header, value);
    return this;
  }

  void answer(Exchange exchange) {
    headers.forEach(exchange::header);
    String path = exchange.request().path();
    headersOfPath.getOrDefault(path == null ? "/" : path, Map.of()).forEach(exchange::header);
    Answer own = find(path == null ? "/" : path);
    if (own != null) {
      own.to(exchange);
      return;
    }
    HostFiles.Served file = files.find(path == null ? "/" : path, exchange.request()::getParam);
    if (file != null) {
      exchange.send(200, file.type(), file.body());
    } else {
      exchange.send(404, "text/plain; charset=utf-8", "Nothing here: " + name + path + "\n");
    }
  }

  private @Nullable Answer find(String path) {
    Answer answer = exact.get(path);
    if (answer != null) return answer;
    for (Map.Entry<String, Answer> prefix : prefixes.entrySet()) {
      if (path.startsWith(prefix.getKey())) return prefix.getValue();
    }
    return null;
  }
}
