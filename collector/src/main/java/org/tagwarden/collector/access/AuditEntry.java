package org.tagwarden.collector.access;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * One change, as the audit log writes it down. Before and after are JSON; values whose names say
 * that they are secret are masked, whoever hands them in.
 *
 * @param who a person's or token's name
 * @param clientId null when it concerns no single client
 * @param action a verb with its object: "create site"
 * @param subject which one, by the name that people know
 * @param before what was there; null when it is new
 * @param after what is there now; null when it is gone
 */
public record AuditEntry(
    String who,
    Origin from,
    @Nullable Integer clientId,
    String action,
    String subject,
    @Nullable JsonObject before,
    @Nullable JsonObject after) {

  /** What this principal did; say what changed with one of the others. */
  public static AuditEntry of(
      Principal by, @Nullable Integer clientId, String action, String subject) {
    return new AuditEntry(by.name(), by.origin(), clientId, action, subject, null, null);
  }

  /** What somebody did who is no principal: at the door, or the program itself. */
  public static AuditEntry of(
      String who, Origin from, @Nullable Integer clientId, String action, String subject) {
    return new AuditEntry(who, from, clientId, action, subject, null, null);
  }

  /** It is new: a record, a map or JSON. */
  public AuditEntry made(Object now) {
    return with(null, AuditJson.of(now));
  }

  /** It is gone. */
  public AuditEntry gone(Object was) {
    return with(AuditJson.of(was), null);
  }

  /** It is another now: only what differs is kept of both. */
  public AuditEntry changed(Object was, Object now) {
    JsonObject old = AuditJson.of(was);
    JsonObject fresh = AuditJson.of(now);
    return with(AuditJson.without(old, fresh), AuditJson.without(fresh, old));
  }

  private AuditEntry with(@Nullable JsonObject was, @Nullable JsonObject now) {
    return new AuditEntry(who, from, clientId, action, subject, was, now);
  }
}
