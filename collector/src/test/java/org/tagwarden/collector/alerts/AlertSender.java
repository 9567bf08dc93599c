package org.tagwarden.collector.alerts;

import io.vertx.core.Vertx;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.tagwarden.collector.alerts.bounces.ReturnAddress;
import org.tagwarden.collector.alerts.email.EmailChannel;
import org.tagwarden.collector.alerts.email.Mailer;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.DatabaseSettings;
import org.tagwarden.collector.intake.StoredVisits;
import org.tagwarden.collector.mail.MailServer;

/** A process of its own that sends alerts until it is killed. */
public final class AlertSender {
  private AlertSender() {}

  /** Starts one; the caller kills it. */
  public static Process start(DatabaseSettings database, int smtpPort) throws IOException {
    return start(database, smtpPort, false, List.of());
  }

  /**
   * Likewise.
   *
   * @param holds whether it only begins once its standard input says something or ends
   * @param flags further ones for its Java
   */
  public static Process start(
      DatabaseSettings database, int smtpPort, boolean holds, List<String> flags)
      throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(flags);
    command.addAll(
        List.of(
            "-cp",
            classPath,
            AlertSender.class.getName(),
            database.host(),
            String.valueOf(database.port()),
            database.database(),
            database.user(),
            database.password(),
            String.valueOf(smtpPort),
            String.valueOf(holds)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.to(new File("/dev/null")))
        .start();
  }

  /**
   * @param arguments the database's host, port, name, user and password, the mail server's port,
   *     and whether it holds
   */
  public static void main(String[] arguments) throws IOException {
    Vertx vertx = Vertx.vertx();
    Database database =
        Database.open(
            vertx,
            new DatabaseSettings(
                arguments[0],
                Integer.parseInt(arguments[1]),
                arguments[2],
                arguments[3],
                arguments[4],
                "disable"));
    AlertLoop loop = loop(vertx, database, Integer.parseInt(arguments[5]));
    if (Boolean.parseBoolean(arguments[6])) System.in.read();
    loop.start();
  }

  /** What a server runs, with mails only. */
  public static AlertLoop loop(Vertx vertx, Database database, int smtpPort) {
    byte[] key = "a key of the tests".getBytes(StandardCharsets.UTF_8);
    SignedLinks links = new SignedLinks(key, "https://tags.example", Clock.systemUTC());
    AlertStories stories = new AlertStories(database, new StoredVisits(vertx, database), links);
    Mailer mailer =
        new Mailer(
            vertx,
            AlertTestBed.settings(smtpPort),
            MailServer.PATIENCE,
            new ReturnAddress(key, null));
    return new AlertLoop(
        vertx, database, stories, List.of(new EmailChannel(mailer)), Clock.systemUTC());
  }
}
