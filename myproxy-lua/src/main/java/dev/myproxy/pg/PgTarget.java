package dev.myproxy.pg;

import dev.myproxy.pg.conninfo.HostOrder;
import dev.myproxy.pg.conninfo.TargetSession;
import dev.myproxy.pg.conninfo.TcpSettings;
import java.time.Duration;
import java.util.List;

/**
 * Where a database is.
 *
 * @param servers   one or more, to be tried one after the other
 * @param order     whether to shuffle them first
 * @param wanted    which kind of server will do
 * @param tcp       socket options
 * @param within    how long connecting to one server may take
 * @param silence   after how long a connection on which nothing runs is tested
 * @param label     names the database in logs and metrics, without secrets
 */
record PgTarget(List<Server> servers, HostOrder order, TargetSession wanted, TcpSettings tcp, Duration within,
        Duration silence, String label) {}
