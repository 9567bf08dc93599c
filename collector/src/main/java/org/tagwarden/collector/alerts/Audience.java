package org.tagwarden.collector.alerts;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tagwarden.collector.owners.Responsibility;

/**
 * Who can be told about a site.
 *
 * @param siteEmails the site's alert addresses, or else those of its client's approvers and admins
 * @param optedOut addresses that want no mails about the site, in lower case
 */
record Audience(List<String> siteEmails, Set<String> optedOut, Responsibility responsibility) {
  Audience {
    siteEmails = List.copyOf(siteEmails);
    optedOut = Set.copyOf(optedOut);
  }

  boolean wants(String email) {
    return !optedOut.contains(email.toLowerCase(Locale.ROOT));
  }
}
