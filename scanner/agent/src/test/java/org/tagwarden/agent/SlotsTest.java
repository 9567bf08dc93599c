package org.tagwarden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many visits begin side by side, by what /proc and the control groups say. */
class SlotsTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private @TempDir Path machine;

  @BeforeEach
  void anIdleMachineWithMuchMemory() throws IOException {
    write("meminfo", "MemTotal: 8000000 kB\nMemAvailable: 4000000 kB\n");
    write("loadavg", "0.50 0.40 0.30 1/300 4711\n");
    write("pressure/cpu", "some avg10=10.00 avg60=9.00 avg300=8.00 total=1\n");
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void anIdleMachineHasRoom() {
    assertThat(room().shortage()).isNull();
  }

  @Test
  void aMachineThatIsNotLinuxHasRoom() {
    Path nothing = machine.resolve("nothing");
    assertThat(new MachineRoom(nothing, nothing).shortage()).isNull();
  }

  @Test
  void manyWhoWaitLongForAProcessorLeaveNoRoom() throws IOException {
    write("loadavg", "900.00 40.00 30.00 90/300 4711\n");
    assertThat(room().shortage()).isNull();
    write("pressure/cpu", "some avg10=99.00 avg60=9.00 avg300=8.00 total=1\n");
    assertThat(shortage().what()).endsWith("processes want each processor");
    assertThat(shortage().enough()).isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void littleMemoryLeavesNoRoom() throws IOException {
    write("meminfo", "MemTotal: 8000000 kB\nMemAvailable: 102400 kB\n");
    assertThat(shortage().what()).isEqualTo("100 MB of memory are left");
  }

  @Test
  void aContainersLimitCountsAndFilesItHasReadDoNot() throws IOException {
    write("groups/memory.max", "1000000000\n");
    write("groups/memory.current", "900000000\n");
    write("groups/memory.stat", "anon 1\ninactive_file 0\n");
    assertThat(shortage().what()).isEqualTo("95 MB of memory are left");
    write("groups/memory.stat", "anon 1\ninactive_file 700000000\n");
    assertThat(room().shortage()).isNull();
    write("groups/memory.max", "max\n");
    write("groups/memory.stat", "anon 1\ninactive_file 0\n");
    assertThat(room().shortage()).isNull();
  }

  @Test
  void aContainerWithoutProcessorTimeHasNoRoom() throws IOException {
    write("groups/cpu.pressure", "some avg10=99.00 total=1\nfull avg10=60.00 total=1\n");
    assertThat(shortage().what()).contains("60 % of ten seconds");
  }

  @Test
  void oneVisitAlwaysGoesOnAndTheNextOneBeginsWhenItEnds() throws Exception {
    write("meminfo", "MemTotal: 8000000 kB\nMemAvailable: 1024 kB\n");
    Slots slots = new Slots(4, room());
    slots.acquire();
    Future<?> second = acquire(slots);
    assertThat(second.isDone()).isFalse();
    slots.release();
    second.get(10, TimeUnit.SECONDS);
  }

  @Test
  void aVisitThatWaitsBeginsWhenThereIsRoomAgain() throws Exception {
    write("meminfo", "MemTotal: 8000000 kB\nMemAvailable: 1024 kB\n");
    Slots slots = new Slots(4, room());
    slots.acquire();
    Future<?> second = acquire(slots);
    assertThat(second.isDone()).isFalse();
    anIdleMachineWithMuchMemory();
    second.get(10, TimeUnit.SECONDS);
  }

  @Test
  void noMoreThanAllowedBeginHoweverMuchRoomThereIs() throws Exception {
    Slots slots = new Slots(2, room());
    slots.acquire();
    slots.acquire();
    Future<?> third = acquire(slots);
    assertThat(third.isDone()).isFalse();
    slots.release();
    third.get(10, TimeUnit.SECONDS);
  }

  private Future<?> acquire(Slots slots) throws InterruptedException {
    CountDownLatch asking = new CountDownLatch(1);
    Future<?> acquired =
        threads.submit(
            () -> {
              asking.countDown();
              slots.acquire();
              return null;
            });
    asking.await();
    return acquired;
  }

  private MachineRoom.Shortage shortage() {
    return Objects.requireNonNull(room().shortage());
  }

  private MachineRoom room() {
    return new MachineRoom(machine, machine.resolve("groups"));
  }

  private void write(String file, String text) throws IOException {
    Path path = machine.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
