package dev.myproxy.lua.lib.pg;

import dev.myproxy.lua.lib.Callbacks;
import dev.myproxy.pg.Database;
import dev.myproxy.pg.conninfo.ConninfoException;
import java.lang.ref.Cleaner;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The databases of a script. One that the script has dropped is closed when both collectors, Lua's and Java's, have seen
 * that; one with a listener is never dropped.
 */
final class OpenDatabases {

    private static final Logger LOG = LoggerFactory.getLogger(OpenDatabases.class);

    /** So many at once are a mistake of the script. */
    private static final int MANY = 50;

    private static final Cleaner CLEANER = Cleaner.create();

    private final Callbacks callbacks;
    private final DatabaseSource source;
    private final Set<Database> open = ConcurrentHashMap.newKeySet();
    private final Set<DatabaseObject> listening = new HashSet<>();

    OpenDatabases(Callbacks callbacks, DatabaseSource source) {
        this.callbacks = callbacks;
        this.source = source;
    }

    DatabaseObject open(DatabaseSource.Request request) throws ConninfoException {
        Database database = source.open(request);
        open.add(database);
        if (open.size() == MANY) {
            LOG.warn("The script has made {} database objects: make each once, not in handlers", MANY);
        }
        DatabaseObject object = new DatabaseObject(this, database);
        CLEANER.register(object, () -> close(database));
        return object;
    }

    Callbacks callbacks() {
        return callbacks;
    }

    /** The object is of use even if the script drops it. */
    void hold(DatabaseObject object) {
        listening.add(object);
    }

    void release(DatabaseObject object) {
        listening.remove(object);
    }

    void close(Database database) {
        if (open.remove(database)) {
            database.close();
        }
    }

    void close() {
        open.forEach(this::close);
        listening.clear();
        source.close();
    }
}
