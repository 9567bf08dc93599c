/** Placeholder. */
package org.tagwarden.dashboard;
