/** Clients, their sites and the pages to be scanned. */
@NullMarked
package org.tagwarden.collector.site;

import org.jspecify.annotations.NullMarked;
