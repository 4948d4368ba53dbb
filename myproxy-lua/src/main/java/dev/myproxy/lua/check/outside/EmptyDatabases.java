package dev.myproxy.lua.check.outside;

import dev.myproxy.lua.lib.pg.DatabaseSource;
import dev.myproxy.pg.Database;
import dev.myproxy.pg.PgExecution;
import dev.myproxy.pg.PgListener;
import dev.myproxy.pg.PgResult;
import dev.myproxy.pg.PgStatement;
import dev.myproxy.pg.conninfo.Conninfo;
import dev.myproxy.pg.conninfo.ConninfoException;
import dev.myproxy.pg.conninfo.Surroundings;
import java.util.List;
import java.util.OptionalLong;

/** Databases that connect to nothing: connection strings are checked, each statement gives no rows, nobody notifies. */
final class EmptyDatabases implements DatabaseSource {

    private static final PgResult NO_ROWS = new PgResult(List.of(), List.of(), OptionalLong.of(0));

    @Override
    public Database open(Request request) throws ConninfoException {
        Conninfo.read(request.conninfo(), Surroundings.ofProcess());
        return new Empty();
    }

    private static final class Empty implements Database {

        @Override
        public PgExecution execute(PgStatement statement) {
            PgExecution execution = new PgExecution(statement, _ -> {});
            execution.succeed(NO_ROWS);
            return execution;
        }

        @Override
        public void listen(String channel, PgListener listener) {
            // nobody is there to notify
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
