package org.tagwarden.agent;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many visits go on side by side, over all sites: as many as the scanner may, fewer while the
 * machine is short of memory or processors, always at least one. A visit that waits asks again
 * every second; what has begun goes on. Thread-safe.
 */
final class Slots {
  private static final Logger LOG = LoggerFactory.getLogger(Slots.class);
  private static final long ASK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int most;
  private final MachineRoom room;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition changed = lock.newCondition();
  private int taken;
  private boolean holding;

  Slots(int most, MachineRoom room) {
    this.most = most;
    this.room = room;
  }

  /** Waits until a visit may begin. */
  void acquire() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!mayBegin()) changed.awaitNanos(ASK_AGAIN_NANOS);
      taken++;
    } finally {
      lock.unlock();
    }
  }

  /** A visit has ended. */
  void release() {
    lock.lock();
    try {
      taken--;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private boolean mayBegin() {
    if (taken == 0) return true;
    if (taken >= most) return false;
    MachineRoom.Shortage shortage = room.shortage();
    boolean mayBegin = shortage == null || taken < shortage.enough();
    if (shortage == null && holding) {
      holding = false;
      LOG.info("Up to {} visits side by side again", most);
    } else if (shortage != null && !mayBegin && !holding) {
      holding = true;
      LOG.info("Holding at {} of {} visits side by side: {}", taken, most, shortage.what());
    }
    return mayBegin;
  }
}
