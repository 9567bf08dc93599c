package org.tagwarden.report;

import org.jspecify.annotations.Nullable;

/**
 * Something that was written to the browser's storage during the visit, cookies aside.
 *
 * @param origin whose storage, for example "https://shop.example"
 * @param key the item's key; for IndexedDB "database/store", for CacheStorage the cache's name
 * @param valueSha256 first 16 hex digits of the last value's SHA-256: tells whether it changed, not
 *     what it is; empty when the value is not text
 * @param length characters of the last value; 0 when it is not text
 * @param script URL of the script that wrote it; null when nobody could tell
 * @param count how often it was written, at least 1
 * @param firstMs when first, as an offset from the visit's start
 * @param phase before or after the visitor's choice, the first time
 */
public record StorageWrite(
    Kind kind,
    String origin,
    String key,
    String valueSha256,
    long length,
    @Nullable String script,
    @Nullable String scriptSha256,
    @Nullable String frameId,
    int count,
    double firstMs,
    ConsentPhase phase) {
  /** Where it was written to. */
  public enum Kind {
    /** {@code localStorage}: stays. */
    LOCAL,
    /** {@code sessionStorage}: ends with the tab. */
    SESSION,
    /** IndexedDB: stays. */
    INDEXED_DB,
    /** CacheStorage: stays. */
    CACHE
  }

  public StorageWrite {
    Require.present(kind, "storage.kind");
    Require.present(origin, "storage.origin");
    Require.present(key, "storage.key");
    valueSha256 = valueSha256 == null ? "" : valueSha256;
    Require.notNegative(length, "storage.length");
    Require.that(count > 0, "storage.count", "must be at least 1");
    Require.notNegative(firstMs, "storage.firstMs");
    phase = phase == null ? ConsentPhase.BEFORE_CHOICE : phase;
  }
}
