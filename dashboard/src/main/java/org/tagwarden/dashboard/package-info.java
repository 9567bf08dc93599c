/**
 * The pages people see, and the server's program. {@code DashboardRoutes} is the site map: a line
 * for every page.
 */
@NullMarked
package org.tagwarden.dashboard;

import org.jspecify.annotations.NullMarked;
