/**
 * A scanner at work for a server: {@link org.tagwarden.agent.work.WorkLoop} claims jobs, {@link
 * org.tagwarden.agent.work.JobRun} is one job's story from order to finish, {@link
 * org.tagwarden.agent.work.Lease} keeps it ours meanwhile.
 */
@NullMarked
package org.tagwarden.agent.work;

import org.jspecify.annotations.NullMarked;
