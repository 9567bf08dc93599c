package org.tagwarden.agent.browser;

import org.jspecify.annotations.Nullable;

/**
 * Something with a DevTools session in a visit's context: a page, an iframe in a process of its
 * own, or a worker.
 *
 * @param url at the time of attaching; for a worker its script's
 * @param parent the target that it was found through; null for pages and service workers
 */
public record Target(
    CdpSession session,
    String sessionId,
    String targetId,
    Type type,
    String url,
    @Nullable Target parent) {
  /** What it is. */
  public enum Type {
    PAGE,
    IFRAME,
    WORKER,
    SHARED_WORKER,
    SERVICE_WORKER,
    OTHER;

    static Type of(String name) {
      return switch (name) {
        case "page" -> PAGE;
        case "iframe" -> IFRAME;
        case "worker" -> WORKER;
        case "shared_worker" -> SHARED_WORKER;
        case "service_worker" -> SERVICE_WORKER;
        default -> OTHER;
      };
    }
  }

  /** Whether it shows documents. */
  public boolean hasFrames() {
    return type == Type.PAGE || type == Type.IFRAME;
  }

  /** Whether it is a worker of any kind. */
  public boolean isWorker() {
    return type == Type.WORKER || type == Type.SHARED_WORKER || type == Type.SERVICE_WORKER;
  }
}
