package org.tagwarden.collector.access;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.tagwarden.collector.Refusal;

/**
 * Slows guessing down, by three limits in a quarter of an hour: five failures from one address for
 * one e-mail, sixty from one address for any (one password tried on everybody), and thirty for one
 * e-mail from anywhere (one account tried by many machines). The last one does not hold for an
 * address from which its owner came in lately, so that strangers lock nobody out of the office.
 */
final class SignInLimit {
  private static final int OF_PAIR = 5;
  private static final int OF_ADDRESS = 60;
  private static final int OF_ACCOUNT = 30;
  private static final int LONGEST_EMAIL = 254;
  private static final Duration PAUSE = Duration.ofMinutes(15);
  private static final Duration REMEMBERED = Duration.ofDays(30);

  private final CallLimit pairs;
  private final CallLimit addresses;
  private final CallLimit accounts;
  private final Cache<String, Boolean> known;

  SignInLimit(Clock clock) {
    this.pairs = new CallLimit(clock, OF_PAIR, PAUSE);
    this.addresses = new CallLimit(clock, OF_ADDRESS, PAUSE);
    this.accounts = new CallLimit(clock, OF_ACCOUNT, PAUSE);
    this.known =
        CacheBuilder.newBuilder()
            .maximumSize(100_000)
            .expireAfterWrite(REMEMBERED.toMillis(), TimeUnit.MILLISECONDS)
            .ticker(CallLimit.ticker(clock))
            .build();
  }

  /** Counts an attempt, before it is judged; throws {@link Refusal} when it is one too many. */
  void attempt(String address, String email) {
    String account = account(email);
    String pair = address + " " + account;
    // In this order: whoever is stopped at one uses up nothing of the next.
    boolean free =
        pairs.take(pair)
            && addresses.take(address)
            && (known.getIfPresent(pair) != null || accounts.take(account));
    if (!free) {
      throw Refusal.of(
          Refusal.Kind.TOO_MANY,
          "Too many failed sign-ins: wait " + PAUSE.toMinutes() + " minutes and try again.");
    }
  }

  /** The attempt was right, or could not be judged: it counts no more. */
  void forgive(String address, String email) {
    String account = account(email);
    String pair = address + " " + account;
    pairs.giveBack(pair);
    addresses.giveBack(address);
    if (known.getIfPresent(pair) == null) accounts.giveBack(account);
  }

  /** The attempt was right. */
  void succeeded(String address, String email) {
    forgive(address, email);
    String pair = address + " " + account(email);
    pairs.clear(pair);
    known.put(pair, true);
  }

  /** What is sent may be of any length; what is remembered is not. */
  private static String account(String email) {
    String account = email.strip().toLowerCase(Locale.ROOT);
    return account.length() <= LONGEST_EMAIL ? account : account.substring(0, LONGEST_EMAIL);
  }
}
