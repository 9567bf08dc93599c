package org.tagwarden.collector.alerts.email;

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

/** A mail server that misbehaves at one point: as real ones do, but on purpose. */
final class ScriptedSmtp implements AutoCloseable {
  private enum Deed {
    ANSWER,
    HANG,
    DIE
  }

  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final String at;
  private final Deed deed;
  private final String reply;

  private ScriptedSmtp(String at, Deed deed, String reply) throws IOException {
    this.at = at;
    this.deed = deed;
    this.reply = reply;
    this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "scripted-smtp");
    thread.setDaemon(true);
    thread.start();
  }

  /** Answers this to a command (BODY: to the end of the message). */
  static ScriptedSmtp answering(String at, String reply) throws IOException {
    return new ScriptedSmtp(at, Deed.ANSWER, reply);
  }

  static ScriptedSmtp hangingAt(String at) throws IOException {
    return new ScriptedSmtp(at, Deed.HANG, "");
  }

  static ScriptedSmtp dyingAt(String at) throws IOException {
    return new ScriptedSmtp(at, Deed.DIE, "");
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        Thread thread = new Thread(() -> talk(socket), "scripted-smtp-talk");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        if (!server.isClosed()) throw new UncheckedIOException(e);
      }
    }
  }

  private void talk(Socket socket) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      say(socket, "220 scripted");
      boolean body = false;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (body && !line.equals(".")) continue;
        String command = body ? "BODY" : word(line);
        if (!answer(socket, command)) return;
        body = command.equals("DATA");
      }
    } catch (IOException e) {
      // the client, or the test, has hung up
    }
  }

  private static String word(String line) {
    String word = line.split("[ :]")[0].toUpperCase(Locale.ROOT);
    return word.equals("EHLO") ? "HELO" : word;
  }

  private boolean answer(Socket socket, String command) throws IOException {
    if (command.equals(at)) {
      if (deed == Deed.HANG) return hang(socket);
      if (deed == Deed.DIE) {
        socket.close();
        return false;
      }
      say(socket, reply);
      return true;
    }
    say(
        socket,
        command.equals("DATA") ? "354 go on" : command.equals("QUIT") ? "221 bye" : "250 ok");
    return true;
  }

  /** Says nothing more; the connection stays until the other side has had enough. */
  private static boolean hang(Socket socket) throws IOException {
    while (socket.getInputStream().read() >= 0) {
      // whatever comes
    }
    return false;
  }

  private static void say(Socket socket, String line) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) socket.close();
  }
}
