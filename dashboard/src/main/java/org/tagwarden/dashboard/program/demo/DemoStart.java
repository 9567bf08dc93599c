package org.tagwarden.dashboard.program.demo;

/**
 * What a start of the demo made.
 *
 * @param signInLink signs the demo's person in, once
 * @param first whether sites were added, whose first scans are on their way
 */
public record DemoStart(String signInLink, boolean first) {}
