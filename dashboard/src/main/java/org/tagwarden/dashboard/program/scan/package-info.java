/**
 * The one-off scan and the second look at its report: run the scanner as a process of its own,
 * judge what it saw, and say it to people, to programs, and as a page.
 */
@NullMarked
package org.tagwarden.dashboard.program.scan;

import org.jspecify.annotations.NullMarked;
