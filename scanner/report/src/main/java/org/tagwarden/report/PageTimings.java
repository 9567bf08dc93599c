package org.tagwarden.report;

/**
 * Timings of the main document in milliseconds from navigation start, as the browser measured them
 * through the proxy; -1 where there was no such event. For trends use Lighthouse, which runs
 * without the proxy.
 *
 * @param blockingMs sum of the part over 50 ms of each long task
 * @param cls cumulative layout shift, no unit
 * @param longTasks number of tasks over 50 ms
 */
public record PageTimings(
    double ttfbMs,
    double domContentLoadedMs,
    double loadMs,
    double firstPaintMs,
    double firstContentfulPaintMs,
    double largestContentfulPaintMs,
    double cls,
    double blockingMs,
    int longTasks) {}
