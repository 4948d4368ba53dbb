package dev.myproxy.session;

import dev.myproxy.protocol.Command;
import dev.myproxy.script.Handler;
import dev.myproxy.script.Handlers;
import java.util.EnumSet;
import java.util.Set;

/** The commands that may not just pass, whatever they say. */
final class InterceptedCommands {

    private InterceptedCommands() {}

    /** What we answer ourselves, what the script decides on, and what we take a note of. */
    static Set<Command> of(Handlers handlers) {
        Set<Command> commands = EnumSet.of(Command.CHANGE_USER, Command.INIT_DB);
        if (handlers.has(Handler.QUERY)) {
            commands.add(Command.QUERY);
            commands.add(Command.STMT_PREPARE);
        }
        return commands;
    }
}
