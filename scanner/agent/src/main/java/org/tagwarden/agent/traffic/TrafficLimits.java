package org.tagwarden.agent.traffic;

/**
 * How much one visit may bring. Beyond it requests are turned away, scripts have no hash, and the
 * visit has a problem that says so.
 *
 * @param requests that are let through
 * @param connectFailures that are written down
 * @param headerBytes of requests and responses
 * @param scriptBytes as they went over the wire, kept until they are hashed
 */
public record TrafficLimits(int requests, int connectFailures, long headerBytes, long scriptBytes) {
  /** No page of the web comes near these; one that floods its visitor does. */
  public static final TrafficLimits USUAL = new TrafficLimits(20_000, 2_000, 64L << 20, 128L << 20);
}
