/** Tests of the contract, and {@link org.tagwarden.report.SampleReports} for everybody's tests. */
@NullMarked
package org.tagwarden.report;

import org.jspecify.annotations.NullMarked;
