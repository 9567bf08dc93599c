/** What the checks found, on one site or on all of them. */
@NullMarked
package org.tagwarden.dashboard.pages.findings;

import org.jspecify.annotations.NullMarked;
