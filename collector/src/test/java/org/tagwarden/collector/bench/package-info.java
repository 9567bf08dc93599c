/** Programs that measure the collector and print figures; {@code scripts/bench} starts them. */
@NullMarked
package org.tagwarden.collector.bench;

import org.jspecify.annotations.NullMarked;
