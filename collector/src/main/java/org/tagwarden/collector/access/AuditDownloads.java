package org.tagwarden.collector.access;

import io.vertx.core.Future;
import java.time.Clock;
import org.tagwarden.collector.db.SqlValues;

/** The whole audit log for auditors of all clients, since it tells of all of them. */
public final class AuditDownloads {
  private final AuditSeals seals;
  private final AuditExport export;
  private final Clock clock;

  public AuditDownloads(AuditSeals seals, AuditExport export, Clock clock) {
    this.seals = seals;
    this.export = export;
    this.clock = clock;
  }

  /** Signed up to its newest entry first, unless it is not what it was. */
  public Future<AuditDownload> make(Principal by) {
    by.requireEverywhere(Role.AUDITOR);
    String name = "tagwarden-audit-" + SqlValues.day(clock.instant()) + ".jsonl";
    return seals.seal().map(state -> new AuditDownload(export, state.problem() == null, name));
  }
}
