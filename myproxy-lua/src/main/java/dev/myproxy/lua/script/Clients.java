package dev.myproxy.lua.script;

import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaTask;
import dev.myproxy.lua.lib.ClientObject;
import dev.myproxy.script.ScriptClient;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The clients that the script knows, each with the handler that runs for it. */
final class Clients {

    /** A client and the question that it waits for. */
    static final class Entry {
        private final ClientObject object;
        private Optional<LuaTask> task = Optional.empty();
        private Optional<Runnable> whenCancelled = Optional.empty();

        private Entry(ClientObject object) {
            this.object = object;
        }

        ClientObject object() {
            return object;
        }

        boolean isBusy() {
            return whenCancelled.isPresent();
        }

        /** A handler is about to run. */
        void begin(Runnable cancelled) {
            whenCancelled = Optional.of(cancelled);
        }

        /** It is suspended. */
        void suspended(LuaTask running) {
            if (isBusy()) {
                task = Optional.of(running);
            }
        }

        /** It has ended. */
        void end() {
            whenCancelled = Optional.empty();
            task = Optional.empty();
        }

        private void cancel() {
            Optional<Runnable> tell = whenCancelled;
            task.ifPresent(LuaTask::cancel);
            end();
            tell.ifPresent(Runnable::run);
        }
    }

    private final Map<Long, Entry> entries = new HashMap<>();
    private final LuaState state;

    Clients(LuaState state) {
        this.state = state;
    }

    /** The entry of a client, made when it is first seen. */
    Entry entry(ScriptClient client) {
        return entries.computeIfAbsent(client.id(), _ -> new Entry(new ClientObject(client, state)));
    }

    /** Cancels what the client waits for, and forgets it. */
    void gone(ScriptClient client) {
        if (entries.containsKey(client.id())) {
            leave(client).release();
        }
    }

    /**
     * Cancels what the client waits for, and forgets it.
     *
     * @return its object, to be released by the caller
     */
    ClientObject leave(ScriptClient client) {
        Entry entry = entry(client);
        entries.remove(client.id());
        entry.cancel();
        return entry.object();
    }
}
