package org.tagwarden.collector.evidence;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pack that was made and waits to be taken; its file is the taker's, once.
 *
 * @param name under which it is saved
 * @param manifest the SHA-256 of its manifest: what the audit log knows it by
 */
public record EvidencePack(Path file, String name, String manifest) {
  private static final Logger LOG = LoggerFactory.getLogger(EvidencePack.class);

  /** Sends it as a download, then removes it; whoever goes away in between is noted here. */
  public Future<Void> send(HttpServerResponse response) {
    // A ZIP is packed already, and a file that is compressed on its way has no length.
    response
        .putHeader("Content-Type", "application/zip")
        .putHeader("Content-Encoding", "identity")
        .putHeader("Cache-Control", "no-store")
        .putHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
    return response
        .sendFile(file.toString())
        .onFailure(e -> LOG.warn("{} was not taken whole: {}", name, e.toString()))
        .onComplete(sent -> remove());
  }

  /** Takes the file away. */
  public void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("The evidence pack {} was sent and could not be removed", file, e);
    }
  }
}
