package org.tagwarden.dashboard.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.evidence.EvidencePack;

/** What a page handler answers. */
public sealed interface Reply {
  /** A template with its view record. */
  record Html(int status, String template, Object view) implements Reply {}

  /** Go there (303); the note is shown once on the next page. */
  record Redirect(String location, @Nullable Note note) implements Reply {}

  /** A file to save. */
  record Download(String fileName, String contentType, String body) implements Reply {}

  /** What writes itself into the response, piece by piece. */
  record Stream(Consumer<HttpServerResponse> body) implements Reply {}

  /** An image that never changes under its address. */
  record Image(String contentType, Buffer file) implements Reply {}

  /** An evidence pack, which is taken away with this answer. */
  record Pack(EvidencePack pack) implements Reply {}

  /** A page. */
  static Reply page(String template, Object view) {
    return new Html(200, template, view);
  }

  /** A form again, with what is wrong beside its fields. */
  static Reply again(String template, Object view) {
    return new Html(422, template, view);
  }

  static Reply to(String location) {
    return new Redirect(location, null);
  }

  /** Go there and say that it worked. */
  static Reply done(String location, String sentence) {
    return new Redirect(location, new Note("good", sentence));
  }

  /** Go there and say that it did not work. */
  static Reply failed(String location, String sentence) {
    return new Redirect(location, new Note("bad", sentence));
  }
}
