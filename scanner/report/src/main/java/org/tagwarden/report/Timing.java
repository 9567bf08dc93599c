package org.tagwarden.report;

/**
 * Phases in milliseconds; -1 where a phase did not happen (a reused connection has no dns, connect
 * and tls).
 *
 * @param waitMs last byte of the request to first byte of the response
 * @param receiveMs first to last byte of the response
 */
public record Timing(
    double dnsMs, double connectMs, double tlsMs, double sendMs, double waitMs, double receiveMs) {
  /** Sum of the phases that happened. */
  public double total() {
    double sum = 0;
    for (double phase : new double[] {dnsMs, connectMs, tlsMs, sendMs, waitMs, receiveMs})
      if (phase > 0) sum += phase;
    return sum;
  }
}
