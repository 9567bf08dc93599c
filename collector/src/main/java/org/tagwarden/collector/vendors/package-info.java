/**
 * Recognition: which vendor, product, category and account id a captured request belongs to, and
 * how its tag got onto the page. Pure: no Vert.x, SQL, network or clock.
 */
@NullMarked
package org.tagwarden.collector.vendors;

import org.jspecify.annotations.NullMarked;
