/**
 * report.html of the one-off scan: one self-contained file in the dashboard's look. Pure: depends
 * on templates and styles, on no server.
 */
@NullMarked
package org.tagwarden.dashboard.report;

import org.jspecify.annotations.NullMarked;
