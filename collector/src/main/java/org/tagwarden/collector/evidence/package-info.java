/**
 * The evidence pack: what is known about a site in a period, in files with a signed manifest, and
 * the check of such a pack without database and server; and the scope notes, which say what no
 * visit can tell. Reads the other packages' tables, and changes none of them.
 */
@NullMarked
package org.tagwarden.collector.evidence;

import org.jspecify.annotations.NullMarked;
