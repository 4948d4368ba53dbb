package dev.myproxy.session;

import dev.myproxy.protocol.Command;
import dev.myproxy.script.Handler;
import dev.myproxy.script.Handlers;
import java.util.EnumSet;
import java.util.Set;

/** The commands that may not just pass, whatever they say. */
final class InterceptedCommands {

    private InterceptedCommands() {}

    /** What we answer ourselves, and what the script decides on. */
    static Set<Command> of(Handlers handlers) {
        Set<Command> commands = EnumSet.of(Command.CHANGE_USER);
        if (handlers.has(Handler.INIT_DB)) {
            commands.add(Command.INIT_DB);
        }
        if (handlers.has(Handler.QUERY)) {
            commands.add(Command.QUERY);
            commands.add(Command.STMT_PREPARE);
        }
        return commands;
    }
}
