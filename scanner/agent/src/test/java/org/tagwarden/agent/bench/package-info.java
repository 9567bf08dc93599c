/** Programs that measure the scanner and print figures; {@code scripts/bench} starts them. */
@NullMarked
package org.tagwarden.agent.bench;

import org.jspecify.annotations.NullMarked;
