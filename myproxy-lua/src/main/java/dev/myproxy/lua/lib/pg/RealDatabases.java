package dev.myproxy.lua.lib.pg;

import dev.myproxy.lua.lib.LibrarySetup;
import dev.myproxy.pg.Database;
import dev.myproxy.pg.PgDatabase;
import dev.myproxy.pg.PgMeters;
import dev.myproxy.pg.conninfo.ConnectionSettings;
import dev.myproxy.pg.conninfo.Conninfo;
import dev.myproxy.pg.conninfo.ConninfoException;
import dev.myproxy.pg.conninfo.Surroundings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Databases of real servers. */
final class RealDatabases implements DatabaseSource {

    private static final Logger LOG = LoggerFactory.getLogger(RealDatabases.class);

    private final LibrarySetup setup;
    private final PgMeters.Names.Part meters;

    RealDatabases(LibrarySetup setup) {
        this.setup = setup;
        this.meters = setup.host().shared(PgMeters.Names.class, () -> new PgMeters.Names(setup.host().meters()))
                .open();
    }

    @Override
    public Database open(Request request) throws ConninfoException {
        ConnectionSettings settings = Conninfo.read(request.conninfo(), Surroundings.ofProcess());
        settings.warnings().forEach(warning -> LOG.warn("PostgreSQL: {}", warning));
        String name = request.name().orElseGet(() -> PgDatabase.name(settings));
        return new PgDatabase(setup.vertx(), settings, request.schema(), request.limits(), meters.of(name), name);
    }

    @Override
    public void close() {
        meters.close();
    }
}
