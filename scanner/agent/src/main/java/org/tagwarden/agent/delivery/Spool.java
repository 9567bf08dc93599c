package org.tagwarden.agent.delivery;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.tagwarden.report.ReportCodec;

/**
 * The folder in which reports wait for the server. A report is complete and on the disk, or it is
 * not there: written aside, forced, renamed, and the folder forced. Nothing is ever dropped to make
 * room: when the limit is reached {@link #hasRoom} says so, and the scanner takes no new jobs.
 * Thread-safe; one process at a time.
 */
public final class Spool implements AutoCloseable {
  private static final int COMPRESSION = 3;
  private static final Duration LOOK = Duration.ofMillis(200);

  /** Another process has the spool. */
  static final class SpoolTakenException extends IOException {
    private static final long serialVersionUID = 1L;

    SpoolTakenException(Path folder) {
      super(
          "Another scanner uses the spool "
              + folder
              + ": give each scanner a data folder of its own (--data DIR).");
    }
  }

  private final Path writing;
  private final Path waiting;
  private final Path rejected;
  private final long limitBytes;
  private final FileChannel lock;
  private long nextNumber = 1;
  private long bytes;

  /**
   * Opens the spool, making the folder where it is missing.
   *
   * @throws IOException when it cannot be used, with a sentence for people
   */
  public Spool(Path folder, long limitBytes) throws IOException {
    this.writing = Files.createDirectories(folder.resolve("writing"));
    this.waiting = Files.createDirectories(folder.resolve("waiting"));
    this.rejected = Files.createDirectories(folder.resolve("rejected"));
    this.limitBytes = limitBytes;
    this.lock = lock(folder);
    for (Path halfWritten : files(writing)) Files.delete(halfWritten);
    for (SpooledReport report : waiting()) {
      nextNumber = Math.max(nextNumber, report.number() + 1);
      bytes += report.bytes();
    }
  }

  /**
   * Opens the spool; waits for another process that has it, for example because it is just ending.
   */
  public static Spool await(Path folder, long limitBytes, Duration patience) throws IOException {
    long giveUpAt = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return new Spool(folder, limitBytes);
      } catch (SpoolTakenException e) {
        if (System.nanoTime() > giveUpAt) throw e;
      }
      try {
        Thread.sleep(LOOK.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("Interrupted while waiting for the spool " + folder, e);
      }
    }
  }

  /** Puts a record of the contract on the disk; it is safe when this returns. */
  synchronized SpooledReport add(ReportKind kind, Object report) throws IOException {
    byte[] packed = Zstd.compress(ReportCodec.write(report), COMPRESSION);
    String name = SpooledReport.name(nextNumber, kind);
    Path aside = writing.resolve(name);
    try (FileChannel file =
        FileChannel.open(
            aside,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (ByteBuffer rest = ByteBuffer.wrap(packed); rest.hasRemaining(); ) file.write(rest);
      file.force(true);
    }
    Path place = Files.move(aside, waiting.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    force(waiting);
    bytes += packed.length;
    return new SpooledReport(nextNumber++, kind, place, packed.length);
  }

  /** What waits, oldest first. */
  synchronized List<SpooledReport> waiting() throws IOException {
    List<SpooledReport> reports = new ArrayList<>();
    for (Path file : files(waiting))
      SpooledReport.of(file, Files.size(file)).ifPresent(reports::add);
    reports.sort(Comparator.comparingLong(SpooledReport::number));
    return reports;
  }

  byte[] read(SpooledReport report) throws IOException {
    return Files.readAllBytes(report.file());
  }

  /** The server has it. */
  synchronized void delivered(SpooledReport report) throws IOException {
    Files.deleteIfExists(report.file());
    bytes -= report.bytes();
  }

  /** The server will never take it: kept beside the reason, out of the queue. Returns its place. */
  synchronized Path reject(SpooledReport report, String reason) throws IOException {
    String name = String.valueOf(report.file().getFileName());
    Files.writeString(
        rejected.resolve(name + ".reason.txt"), reason + "\n", StandardCharsets.UTF_8);
    Path place = Files.move(report.file(), rejected.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    force(waiting);
    force(rejected);
    bytes -= report.bytes();
    return place;
  }

  /** Whether another job may be begun; its reports may then go over the limit, none is dropped. */
  public synchronized boolean hasRoom() {
    return bytes < limitBytes;
  }

  /** One sentence about how full it is. */
  public synchronized String fill() {
    return "%s holds %.1f of %.1f MB of reports that wait for the server"
        .formatted(waiting, bytes / 1e6, limitBytes / 1e6);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock held = null;
    try {
      held = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by this very process: the same answer as by another.
    }
    if (held != null) return channel;
    channel.close();
    throw new SpoolTakenException(folder);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** Makes renames in the folder survive a power cut. */
  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
