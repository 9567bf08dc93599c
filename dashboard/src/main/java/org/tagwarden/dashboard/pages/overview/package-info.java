/** The first page: every client and site with its state; adding clients and sites. */
@NullMarked
package org.tagwarden.dashboard.pages.overview;

import org.jspecify.annotations.NullMarked;
