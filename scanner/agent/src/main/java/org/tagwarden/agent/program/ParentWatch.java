package org.tagwarden.agent.program;

import java.io.IOException;

/**
 * Ends a program when the one that started it is gone, however it went: the parent holds the other
 * end of standard input, and the kernel closes that even after a kill -9.
 */
final class ParentWatch {
  private ParentWatch() {}

  /** Runs {@code gone} once, on a thread of its own, when standard input ends. */
  static void onEnd(Runnable gone) {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // Nobody talks to us; only the end counts.
                }
              } catch (IOException e) {
                // As good as the end.
              }
              gone.run();
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }
}
