package org.tagwarden.dashboard.web;

import io.vertx.core.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tagwarden.collector.Refusal;

/** Sending a form: it works, or the form comes back with a sentence beside the field. */
public final class Attempt {
  private Attempt() {}

  /** Runs the service; what it throws at once becomes a failed future too. */
  public static <T> Future<T> of(Supplier<Future<T>> service) {
    try {
      return service.get();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  /** Answers a refusal that is about the input with the form again; other failures stay. */
  public static Future<Reply> orAgain(Future<Reply> reply, Function<Refusal, Future<Reply>> again) {
    return reply.recover(
        failure ->
            failure instanceof Refusal refusal && aboutInput(refusal)
                ? again.apply(refusal)
                : Future.failedFuture(failure));
  }

  private static boolean aboutInput(Refusal refusal) {
    return switch (refusal.kind()) {
      case INVALID, CONFLICT -> true;
      default -> false;
    };
  }
}
