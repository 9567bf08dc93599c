package org.tagwarden.agent;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How many visits of one scan go on side by side: as many as its site allows, and as the scanner
 * has slots for. Thread-safe.
 */
final class Places {
  private final Semaphore ofSite;
  private final Slots ofScanner;

  Places(int most, Slots ofScanner) {
    this.ofSite = new Semaphore(most, true);
    this.ofScanner = ofScanner;
  }

  /** Waits until a visit may begin. */
  Place take() throws InterruptedException {
    ofSite.acquire();
    boolean taken = false;
    try {
      ofScanner.acquire();
      taken = true;
    } finally {
      if (!taken) ofSite.release();
    }
    return new Place();
  }

  /** A visit's place. It may be given back before the visit ends, and then again without effect. */
  final class Place implements AutoCloseable {
    private final AtomicBoolean givenBack = new AtomicBoolean();

    @Override
    public void close() {
      if (!givenBack.compareAndSet(false, true)) return;
      ofScanner.release();
      ofSite.release();
    }
  }
}
