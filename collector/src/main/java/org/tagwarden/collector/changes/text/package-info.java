/**
 * The text of scripts: tokens, what is left when everything volatile is taken out, a readable form
 * and differences line by line. Pure; knows nothing of reports, sites or the database.
 */
@NullMarked
package org.tagwarden.collector.changes.text;

import org.jspecify.annotations.NullMarked;
