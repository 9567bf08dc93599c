package org.tagwarden.collector.intake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.governance.rules.Envelope;

/**
 * What a tag was seen to do on a site: the envelope of "approve as seen".
 *
 * @param visits how many were looked at; 0 when none is kept
 * @param first when the oldest of them was
 */
public record TagObservation(
    int visits, @Nullable Instant first, @Nullable Instant last, Envelope envelope) {}
