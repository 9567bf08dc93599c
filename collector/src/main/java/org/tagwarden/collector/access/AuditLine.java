package org.tagwarden.collector.access;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit log, as it is read.
 *
 * @param way session, token, link or program
 * @param token the token's name, while there is one
 * @param client the client's name, while there is one
 * @param detail what entries of earlier versions say
 */
public record AuditLine(
    long seq,
    Instant at,
    String who,
    String way,
    @Nullable String token,
    @Nullable String address,
    @Nullable String client,
    String action,
    String subject,
    JsonObject detail,
    @Nullable JsonObject before,
    @Nullable JsonObject after,
    String hash) {}
