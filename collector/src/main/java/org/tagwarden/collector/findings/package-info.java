/** Findings: a failed check, once, from opened to resolved. */
@NullMarked
package org.tagwarden.collector.findings;

import org.jspecify.annotations.NullMarked;
