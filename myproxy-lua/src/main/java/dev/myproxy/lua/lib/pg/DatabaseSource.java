package dev.myproxy.lua.lib.pg;

import dev.myproxy.pg.Database;
import dev.myproxy.pg.PgLimits;
import dev.myproxy.pg.conninfo.ConninfoException;
import java.util.Optional;

/** What {@code pg:new} opens: real databases, or those of a test. */
@FunctionalInterface
public interface DatabaseSource {

    /**
     * The arguments of {@code pg:new}.
     *
     * @param conninfo not checked yet; may hold a password
     * @param name     what the script calls the database in logs and metrics
     */
    record Request(String conninfo, Optional<String> schema, PgLimits limits, Optional<String> name) {

        /** Without the connection string. */
        @Override
        public String toString() {
            return "Request[schema=" + schema + ", limits=" + limits + ", name=" + name + "]";
        }
    }

    /** Makes a database; connects to nothing yet. In the script's turn. */
    Database open(Request request) throws ConninfoException;

    /** The script is over, and its databases are closed. */
    default void close() {}
}
