package org.tagwarden.dashboard.program;

import picocli.CommandLine.Command;

/** Evidence packs: made by a server, checked anywhere. */
@Command(
    name = "evidence",
    description = "Export a site's evidence pack, or check one without a server.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = {EvidenceExportCommand.class, EvidenceVerifyCommand.class})
public final class EvidenceCommand extends CommandGroup {}
