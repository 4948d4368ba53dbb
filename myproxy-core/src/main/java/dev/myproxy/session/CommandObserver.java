package dev.myproxy.session;

import dev.myproxy.protocol.Command;
import dev.myproxy.protocol.ResponseObserver;
import dev.myproxy.session.meters.StatementMeters;

/** What a session does when commands are answered: counts them, and learns its default database. */
final class CommandObserver implements ResponseObserver {

    private final StatementMeters meters;
    private final DefaultDatabase database;

    CommandObserver(StatementMeters meters, DefaultDatabase database) {
        this.meters = meters;
        this.database = database;
    }

    @Override
    public void began(Command command) {
        meters.began(command);
    }

    @Override
    public void schema(byte[] name, int length) {
        database.tell(name, length);
    }

    @Override
    public void completed(Command command, boolean failed, int errorCode, int status, long affectedRows,
            int warnings) {
        meters.completed(command, failed, errorCode, status, affectedRows, warnings);
        database.completed(command, failed);
    }
}
