/** The scans of a site and what each of their page visits met. */
@NullMarked
package org.tagwarden.dashboard.pages.scans;

import org.jspecify.annotations.NullMarked;
