/** The pages of a site, and what a visit of one of them showed. */
@NullMarked
package org.tagwarden.dashboard.pages.visit;

import org.jspecify.annotations.NullMarked;
