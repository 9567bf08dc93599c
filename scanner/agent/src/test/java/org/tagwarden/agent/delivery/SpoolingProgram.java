package org.tagwarden.agent.delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.tagwarden.report.SampleReports;

/** Spools reports without end and prints the visit of each one that is safe: made to be killed. */
final class SpoolingProgram {
  private SpoolingProgram() {}

  public static void main(String[] arguments) throws IOException {
    try (Spool spool = new Spool(Path.of(arguments[0]), Long.MAX_VALUE)) {
      while (true) {
        UUID visit = UUID.randomUUID();
        spool.add(
            ReportKind.SCAN,
            SampleReports.report(
                UUID.randomUUID(), SampleReports.shop("https://shop.example/").visitId(visit)));
        System.out.println(visit);
      }
    }
  }
}
