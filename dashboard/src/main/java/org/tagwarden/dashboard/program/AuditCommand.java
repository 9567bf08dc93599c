package org.tagwarden.dashboard.program;

import picocli.CommandLine.Command;

/** The audit log as a file, and the proof that nobody changed it. */
@Command(
    name = "audit",
    description = "Write the audit log into a file, or check such a file without a server.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = {AuditExportCommand.class, AuditVerifyCommand.class})
public final class AuditCommand extends CommandGroup {}
