package org.tagwarden.collector.alerts.bounces;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mailbox's server that greets and then says nothing more, or hangs up. */
final class ScriptedImap implements AutoCloseable {
  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final boolean dies;

  private ScriptedImap(boolean dies) throws IOException {
    this.dies = dies;
    this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "scripted-imap");
    thread.setDaemon(true);
    thread.start();
  }

  static ScriptedImap hanging() throws IOException {
    return new ScriptedImap(false);
  }

  static ScriptedImap dying() throws IOException {
    return new ScriptedImap(true);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        socket.getOutputStream().write("* OK ready\r\n".getBytes(StandardCharsets.UTF_8));
        if (dies) socket.close();
      } catch (IOException e) {
        if (!server.isClosed()) throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) socket.close();
  }
}
