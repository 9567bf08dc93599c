package org.tagwarden.collector.alerts.bounces;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.alerts.Secrets;
import org.tagwarden.collector.alerts.bounces.BounceMailbox.Batch;
import org.tagwarden.collector.alerts.bounces.BounceMailbox.Unseen;

/**
 * Reads what came back, now and then. A mail is marked as seen after the database knows what it
 * says: a mailbox, database or server that dies in between makes it be read again, which changes
 * nothing. A mailbox that cannot be read is said once in the log and stays in sight on the alerts
 * page.
 */
public final class BounceLoop {
  private static final Logger LOG = LoggerFactory.getLogger(BounceLoop.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** After so long Vert.x says in the log that a worker is busy: a large mailbox may take it. */
  private static final int LONGEST_MINUTES = 10;

  private final Vertx vertx;
  private final BounceSettings settings;
  private final BounceMailbox mailbox;
  private final Bounces bounces;
  private final WorkerExecutor worker;
  private volatile @Nullable String problem;
  private boolean running;
  private boolean stopped;
  private Future<?> noting = Future.succeededFuture();

  /**
   * @param settings name a mailbox
   */
  public BounceLoop(Vertx vertx, BounceSettings settings, Secrets secrets, Bounces bounces) {
    this(vertx, settings, secrets, bounces, PATIENCE);
  }

  BounceLoop(
      Vertx vertx, BounceSettings settings, Secrets secrets, Bounces bounces, Duration patience) {
    this.vertx = vertx;
    this.settings = settings;
    this.mailbox = new BounceMailbox(settings, secrets, patience);
    this.bounces = bounces;
    this.worker =
        vertx.createSharedWorkerExecutor(
            "bounces-" + settings.host() + settings.port(), 1, LONGEST_MINUTES, TimeUnit.MINUTES);
  }

  /** Reads from now on, until {@link #stop}. */
  public void start() {
    running = true;
    next();
  }

  /** Ends after what is being written down; a mailbox that is being read is not waited for. */
  public Future<Void> stop() {
    running = false;
    stopped = true;
    return noting.<Void>mapEmpty().otherwiseEmpty().eventually(worker::close);
  }

  /** Why nothing can be read at the moment, a sentence; null when it can. */
  public @Nullable String problem() {
    return problem;
  }

  private void next() {
    read()
        .onFailure(
            e -> {
              if (!stopped)
                LOG.error("What came back could not be noted; the next round tries again", e);
            })
        .onComplete(
            done ->
                vertx.setTimer(
                    TimeUnit.MINUTES.toMillis(settings.minutes()),
                    timer -> {
                      if (running) next();
                    }));
  }

  /** Reads everything that is not seen; answers how many contacts were marked. */
  public Future<Integer> read() {
    return read(0);
  }

  private Future<Integer> read(int before) {
    return worker
        .executeBlocking(mailbox::read)
        .compose(
            batch -> {
              say(batch.problem());
              if (stopped || batch.mails().isEmpty()) return Future.succeededFuture(before);
              Future<Integer> marked = note(batch);
              noting = marked;
              boolean more = batch.mails().size() == BounceMailbox.MOST && batch.problem() == null;
              return marked.compose(
                  now ->
                      more && problem == null
                          ? read(before + now)
                          : Future.succeededFuture(before + now));
            });
  }

  private Future<Integer> note(Batch batch) {
    List<Long> done = new ArrayList<>();
    Future<Integer> marked = Future.succeededFuture(0);
    for (Unseen mail : batch.mails()) {
      marked =
          marked.compose(
              so ->
                  mail.report()
                      .map(bounces::note)
                      .orElse(Future.succeededFuture(false))
                      .map(
                          contact -> {
                            done.add(mail.uid());
                            return contact ? so + 1 : so;
                          }));
    }
    // Also when one could not be noted: those before it were.
    return marked.eventually(() -> seen(batch.validity(), List.copyOf(done)));
  }

  private Future<Void> seen(long validity, List<Long> uids) {
    if (uids.isEmpty()) return Future.succeededFuture();
    return worker
        .executeBlocking(
            () -> {
              String failed = mailbox.markSeen(validity, uids);
              return failed == null ? "" : failed;
            })
        .map(
            failed -> {
              if (!failed.isEmpty()) say(failed);
              LOG.info("{} mails in the mailbox of what came back were read", uids.size());
              return null;
            });
  }

  /** Once, not at every round. */
  private void say(@Nullable String now) {
    String before = problem;
    problem = now;
    if (now != null && !now.equals(before)) LOG.warn("{}", now);
    if (now == null && before != null)
      LOG.info("The mailbox of mails that came back is read again");
  }
}
