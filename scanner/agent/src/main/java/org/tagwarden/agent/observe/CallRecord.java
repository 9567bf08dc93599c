package org.tagwarden.agent.observe;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.browser.Target;

/**
 * A script called a function of the browser whose request the DevTools protocol names no script
 * for. Not part of the report: it helps to attribute requests.
 *
 * @param url resolved against the document or worker; as it was given when it is no URL
 * @param target where it was called
 * @param stack as the engine tells it, with its asynchronous parents
 * @param frameId null in a worker
 * @param epochMs when
 */
public record CallRecord(
    Kind kind,
    String url,
    Target target,
    JsonNode stack,
    @Nullable String frameId,
    double epochMs) {
  /** The functions that are watched. */
  public enum Kind {
    /** {@code new Worker}. */
    WORKER,
    /** {@code new SharedWorker}. */
    SHARED_WORKER,
    /** {@code navigator.serviceWorker.register}. */
    SERVICE_WORKER,
    /** {@code navigator.sendBeacon}. */
    BEACON,
    /** {@code fetch} with {@code keepalive}. */
    KEEPALIVE_FETCH,
    /** {@code click} on a link with {@code ping}, one record for each URL in it. */
    PING,
    /** {@code new WebTransport}. */
    WEB_TRANSPORT,
    /** {@code new EventSource}. */
    EVENT_SOURCE,
    /** {@code src} of an image that a script sets. */
    IMAGE,
    /** {@code click} on a link, for a download or a navigation. */
    LINK,
    /** {@code addEventListener} for the end of the page; the URL is the document's. */
    FAREWELL_LISTENER
  }
}
