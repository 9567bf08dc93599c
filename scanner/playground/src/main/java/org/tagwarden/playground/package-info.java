/** Placeholder. */
package org.tagwarden.playground;
