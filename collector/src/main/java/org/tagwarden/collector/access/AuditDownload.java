package org.tagwarden.collector.access;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole audit log, made while it is sent.
 *
 * @param sound whether it is what was signed before
 * @param name under which it is saved
 */
public record AuditDownload(AuditExport export, boolean sound, String name) {
  private static final Logger LOG = LoggerFactory.getLogger(AuditDownload.class);

  /** What fails on the way resets the response: a part must not look like the whole. */
  public Future<Void> send(HttpServerResponse response) {
    response
        .setChunked(true)
        .putHeader("Content-Type", "application/jsonl")
        .putHeader("Cache-Control", "no-store")
        .putHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
    return export
        .write(sound, response::write)
        .compose(all -> response.end())
        .onFailure(
            e -> {
              LOG.warn("{} was not sent whole: {}", name, e.toString());
              response.reset();
            });
  }
}
