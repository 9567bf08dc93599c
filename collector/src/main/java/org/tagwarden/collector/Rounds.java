package org.tagwarden.collector;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Work that is done again and again, with a pause after each round; never two rounds at once. */
public final class Rounds {
  private final Vertx vertx;
  private final Duration pause;
  private final Supplier<? extends Future<?>> work;
  private final Consumer<Throwable> failed;
  private boolean running;
  private Future<Void> round = Future.succeededFuture();

  /**
   * @param work one round
   * @param failed told of a round that failed; the next one comes all the same
   */
  public Rounds(
      Vertx vertx, Duration pause, Supplier<? extends Future<?>> work, Consumer<Throwable> failed) {
    this.vertx = vertx;
    this.pause = pause;
    this.work = work;
    this.failed = failed;
  }

  /** The first round begins now. */
  public void start() {
    running = true;
    next();
  }

  /** No further round; ends with the one in hand. */
  public Future<Void> stop() {
    running = false;
    return round;
  }

  private void next() {
    round = work.get().<Void>mapEmpty().onFailure(failed::accept).otherwiseEmpty();
    round.onComplete(done -> vertx.setTimer(pause.toMillis(), timer -> again()));
  }

  private void again() {
    if (running) next();
  }
}
