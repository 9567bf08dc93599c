/** Performance over time: visits and Lighthouse runs. */
@NullMarked
package org.tagwarden.collector.performance;

import org.jspecify.annotations.NullMarked;
