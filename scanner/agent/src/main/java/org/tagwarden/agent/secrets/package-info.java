/**
 * Values that only the scanner knows: found by name in its environment or its data folder, put in
 * where a setting says {@code ${secret:NAME}}, and taken out of everything that leaves the scanner.
 */
@NullMarked
package org.tagwarden.agent.secrets;

import org.jspecify.annotations.NullMarked;
