/** The check catalogue and each check, tested on small visits. */
@NullMarked
package org.tagwarden.collector.checks;

import org.jspecify.annotations.NullMarked;
