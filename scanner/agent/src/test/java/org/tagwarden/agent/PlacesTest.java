package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose visits may begin: one site's beside another's, on one scanner. */
class PlacesTest {
  private static final Path NOTHING = Path.of("no", "such", "folder");

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void aSiteGetsNoMoreThanItAllowsAndAnotherItsOwn() throws Exception {
    Slots scanner = slots(4);
    Places shop = new Places(1, scanner);
    Places.Place first = shop.take();
    Future<?> second = threads.submit(shop::take);
    new Places(1, scanner).take();
    assertThat(second.isDone()).isFalse();
    first.close();
    second.get(10, TimeUnit.SECONDS);
  }

  @Test
  void aPlaceThatIsGivenBackTwiceMakesRoomForOne() throws Exception {
    Places places = new Places(2, slots(1));
    Places.Place first = places.take();
    first.close();
    first.close();
    Places.Place second = places.take();
    Future<?> third = threads.submit(places::take);
    assertThat(third.isDone()).isFalse();
    second.close();
    third.get(10, TimeUnit.SECONDS);
  }

  @Test
  void whoIsStoppedWhileTheScannerIsBusyKeepsNoPlaceOfTheSite() throws Exception {
    Slots scanner = slots(1);
    scanner.acquire();
    Places places = new Places(1, scanner);
    Future<?> stopped =
        threads.submit(
            () -> {
              Thread.currentThread().interrupt();
              return places.take();
            });
    assertThatThrownBy(() -> stopped.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    scanner.release();
    threads.submit(places::take).get(10, TimeUnit.SECONDS);
  }

  private static Slots slots(int most) {
    return new Slots(most, new MachineRoom(NOTHING, NOTHING));
  }
}
