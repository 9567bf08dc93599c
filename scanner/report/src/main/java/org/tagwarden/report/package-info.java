/**
 * The scan report: what a scanner saw, as evidence and problems, never as a verdict. The one
 * contract between the scanner and the collector, and the one codec ({@link
 * org.tagwarden.report.ReportCodec}) that reads and writes it. A leaf: it depends on the JDK and
 * Jackson only.
 */
@NullMarked
package org.tagwarden.report;

import org.jspecify.annotations.NullMarked;
