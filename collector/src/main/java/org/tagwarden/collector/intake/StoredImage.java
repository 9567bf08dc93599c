package org.tagwarden.collector.intake;

import io.vertx.core.buffer.Buffer;

/** A screenshot as it is stored. */
public record StoredImage(String mimeType, Buffer file) {}
