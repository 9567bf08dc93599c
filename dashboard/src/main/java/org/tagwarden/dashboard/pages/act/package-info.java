/** What people do by the links of their mails, without signing in: the page asks first. */
@NullMarked
package org.tagwarden.dashboard.pages.act;

import org.jspecify.annotations.NullMarked;
