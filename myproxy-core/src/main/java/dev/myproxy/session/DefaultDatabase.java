package dev.myproxy.session;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Command;
import dev.myproxy.script.ScriptClient;
import java.util.Optional;

/**
 * The default database of a session, as the server has confirmed it: by its OK to a login or a COM_INIT_DB, or by what an OK
 * packet tells on connections with SESSION_TRACK. Scripts see it as {@code client.database}.
 */
final class DefaultDatabase {

    private final ScriptClient client;
    private Optional<ByteString> asked = Optional.empty();

    DefaultDatabase(ScriptClient client) {
        this.client = client;
    }

    /**
     * The server has accepted a login.
     *
     * @param database that it was asked for, empty for none
     */
    void loggedIn(ByteString database) {
        asked = Optional.empty();
        set(database);
    }

    /** COM_INIT_DB goes to the server: it is the only one that is under way. */
    void ask(ByteString database) {
        asked = Optional.of(database);
    }

    /** The server has told the name, which is truer than what it was asked for. */
    void tell(byte[] name, int length) {
        asked = Optional.empty();
        boolean same = client.database().map(now -> now.equalsBytes(name, length)).orElse(length == 0);
        if (!same) {
            set(ByteString.copyOf(name, 0, length));
        }
    }

    /** A command was answered. */
    void completed(Command command, boolean failed) {
        if (command == Command.INIT_DB) {
            if (!failed) {
                asked.ifPresent(this::set);
            }
            asked = Optional.empty();
        }
    }

    private void set(ByteString database) {
        client.setDatabase(database.isEmpty() ? Optional.empty() : Optional.of(database));
    }
}
