/**
 * The check catalogue: each check looks at one page visit and says what is wrong, with evidence and
 * remedy. Pure: no Vert.x, SQL, network or clock.
 */
@NullMarked
package org.tagwarden.collector.checks;

import org.jspecify.annotations.NullMarked;
