package org.tagwarden.dashboard.pages.tag;

import com.github.luben.zstd.ZstdInputStream;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.ReportCodec;

/** A visit as it arrived, from its blob. Takes some milliseconds: for worker threads. */
final class StoredVisit {
  private StoredVisit() {}

  static PageVisit read(Buffer blob) {
    try (InputStream in = new ZstdInputStream(new ByteArrayInputStream(blob.getBytes()))) {
      return ReportCodec.readReport(in.readAllBytes()).visits().get(0);
    } catch (IOException e) {
      throw new UncheckedIOException("A stored visit could not be read", e);
    }
  }
}
