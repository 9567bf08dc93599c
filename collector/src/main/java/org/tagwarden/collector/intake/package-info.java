/** From a scan report to stored facts: {@code ReportIntake.accept} is the story. */
@NullMarked
package org.tagwarden.collector.intake;

import org.jspecify.annotations.NullMarked;
