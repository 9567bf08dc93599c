package org.tagwarden.dashboard.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.CapturedCookie;
import org.tagwarden.report.ConsentPhase;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.StorageWrite;

/**
 * Something that the visit left in the browser: a cookie or an entry of its storage.
 *
 * @param place a cookie's domain, a storage's origin
 * @param kind "Cookie", "Local storage", ...
 * @param life how long it stays
 * @param flags of a cookie
 * @param early whether it was there before the visitor's choice
 */
public record Kept(
    String name, String place, String kind, String life, String flags, Doer by, boolean early) {

  /** Cookies first; third parties before the site within each. */
  static List<Kept> of(PageVisit visit, Doers doers) {
    List<Kept> all = new ArrayList<>();
    for (CapturedCookie cookie : visit.cookies()) all.add(cookie(visit, cookie, doers));
    List<Kept> storage = new ArrayList<>();
    for (StorageWrite write : visit.storage()) storage.add(write(write, doers));
    thirdPartiesFirst(all);
    thirdPartiesFirst(storage);
    all.addAll(storage);
    return all;
  }

  private static void thirdPartiesFirst(List<Kept> list) {
    list.sort((a, b) -> Boolean.compare(b.by().isTag(), a.by().isTag()));
  }

  private static Kept cookie(PageVisit visit, CapturedCookie cookie, Doers doers) {
    Doer by =
        cookie.requestId() != null
            ? doers.ofRequest(cookie.requestId())
            : doers.ofScript(cookie.script(), null);
    return new Kept(
        cookie.name(),
        cookie.domain(),
        "Cookie",
        life(visit.startedAt(), cookie.expires()),
        flags(cookie),
        by,
        cookie.phase() == ConsentPhase.BEFORE_CHOICE);
  }

  private static Kept write(StorageWrite write, Doers doers) {
    boolean session = write.kind() == StorageWrite.Kind.SESSION;
    return new Kept(
        write.key(),
        write.origin(),
        words(write.kind()),
        session ? "Until the tab is closed" : "Until it is deleted",
        "",
        doers.ofScript(write.script(), write.scriptSha256()),
        write.phase() == ConsentPhase.BEFORE_CHOICE);
  }

  private static String words(StorageWrite.Kind kind) {
    return switch (kind) {
      case LOCAL -> "Local storage";
      case SESSION -> "Session storage";
      case INDEXED_DB -> "IndexedDB";
      case CACHE -> "Cache storage";
    };
  }

  /** The flags that a cookie has, as its header names them. */
  public static String flags(CapturedCookie cookie) {
    List<String> flags = new ArrayList<>();
    if (cookie.secure()) flags.add("Secure");
    if (cookie.httpOnly()) flags.add("HttpOnly");
    if (cookie.sameSite() != null) flags.add("SameSite=" + cookie.sameSite());
    if (cookie.partitioned()) flags.add("Partitioned");
    return String.join(", ", flags);
  }

  /** How long a cookie lives from the visit on. */
  public static String life(Instant from, @Nullable Instant expires) {
    if (expires == null) return "Session";
    Duration life = Duration.between(from, expires);
    if (life.isNegative()) return "Deleted";
    if (life.toHours() < 1) return Math.max(1, life.toMinutes()) + " min";
    if (life.toDays() < 2) return life.toHours() + " h";
    return life.toDays() + " days";
  }
}
