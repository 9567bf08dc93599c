package org.tagwarden.collector.alerts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A mail server that takes everything and notes which message it accepted when. */
public final class SmtpSink implements AutoCloseable {
  /**
   * A message that was accepted.
   *
   * @param id as in the mail's header, without its angle brackets
   */
  public record Accepted(String id, long nanos) {}

  private final ServerSocket server;
  private final List<Accepted> accepted = new CopyOnWriteArrayList<>();
  private final List<Waiter> waiters = new CopyOnWriteArrayList<>();

  private record Waiter(int count, CountDownLatch reached) {}

  public SmtpSink() throws IOException {
    server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::listen, "smtp-sink");
    thread.setDaemon(true);
    thread.start();
  }

  public int port() {
    return server.getLocalPort();
  }

  /** What came so far, in its order. */
  public List<Accepted> accepted() {
    return List.copyOf(accepted);
  }

  /** Opens once so many messages have come. */
  public CountDownLatch after(int count) {
    Waiter waiter = new Waiter(count, new CountDownLatch(1));
    waiters.add(waiter);
    release();
    return waiter.reached();
  }

  private void release() {
    for (Waiter waiter : waiters) {
      if (accepted.size() >= waiter.count()) waiter.reached().countDown();
    }
  }

  private void listen() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread thread = new Thread(() -> talk(socket), "smtp-sink-talk");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        if (!server.isClosed()) throw new UncheckedIOException(e);
      }
    }
  }

  private void talk(Socket socket) {
    try (socket;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      say(socket, "220 sink");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String command = line.toUpperCase(Locale.ROOT);
        if (command.startsWith("DATA")) {
          say(socket, "354 go on");
          String id = read(in);
          if (id == null) return; // it died before the end: not accepted
          accepted.add(new Accepted(id, System.nanoTime()));
          say(socket, "250 taken");
          release();
        } else if (command.startsWith("QUIT")) {
          say(socket, "221 bye");
          return;
        } else {
          say(socket, "250 ok");
        }
      }
    } catch (IOException e) {
      // whoever sent was killed
    }
  }

  /** The message's id; null when its end never came. */
  private static @Nullable String read(BufferedReader in) throws IOException {
    String id = "none";
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals(".")) return id;
      if (line.toLowerCase(Locale.ROOT).startsWith("message-id:"))
        id = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
    }
    return null;
  }

  private static void say(Socket socket, String line) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
