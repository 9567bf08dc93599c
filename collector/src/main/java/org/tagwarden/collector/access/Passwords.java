package org.tagwarden.collector.access;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;

/**
 * Hashes passwords with argon2id (19 MiB, 2 rounds, 1 lane: OWASP's figures). A hash takes tens of
 * milliseconds of CPU, hence always off the event loop.
 */
public final class Passwords {
  private static final int SHORTEST = 12;
  private static final int LONGEST = 200;
  private static final int SALT_BYTES = 16;
  private static final Argon2Function ARGON2ID =
      Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);

  private final Vertx vertx;

  /** Compared against when nobody has that e-mail, so that the answer takes as long. */
  private final String nobody = hashNow(SecretToken.generate());

  public Passwords(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Fails with a {@link Refusal} when the password is too short to be safe. */
  Future<String> hash(String password) {
    if (password.length() < SHORTEST || password.length() > LONGEST) {
      return Future.failedFuture(
          Refusal.invalid(
              "password",
              "A password needs "
                  + SHORTEST
                  + " to "
                  + LONGEST
                  + " characters: several words do well."));
    }
    return vertx.executeBlocking(() -> hashNow(password), false);
  }

  /** Whether it is the password of that hash; never of a null hash. */
  Future<Boolean> matches(String password, @Nullable String hash) {
    String compared = hash == null ? nobody : hash;
    return vertx
        .executeBlocking(
            () ->
                Password.check(password, compared)
                    .with(Argon2Function.getInstanceFromHash(compared)),
            false)
        .map(same -> same && hash != null);
  }

  private static String hashNow(String password) {
    return Password.hash(password).addRandomSalt(SALT_BYTES).with(ARGON2ID).getResult();
  }
}
