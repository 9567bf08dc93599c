/** Scan schedules and the job queue that scanners lease from. */
@NullMarked
package org.tagwarden.collector.schedule;

import org.jspecify.annotations.NullMarked;
