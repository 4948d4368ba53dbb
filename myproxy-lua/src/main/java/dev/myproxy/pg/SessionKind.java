package dev.myproxy.pg;

import dev.myproxy.pg.conninfo.TargetSession;
import dev.myproxy.protocol.ByteString;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks a server whether it is of the kind that the connection string wants. */
final class SessionKind {

    private static final String QUESTION = "SELECT pg_catalog.pg_is_in_recovery(),"
            + " pg_catalog.current_setting('default_transaction_read_only') = 'on'";

    private static final PgLimits LIMITS = new PgLimits(1, 10_000, 1);

    private SessionKind() {}

    /** Gives the connection back, or closes it and fails with a {@link PgFailure}. */
    static Future<Wire> check(ContextInternal context, Wire wire, TargetSession wanted, Duration within) {
        if (wanted == TargetSession.ANY) {
            return context.succeededFuture(wire);
        }
        Promise<Wire> checked = context.promise();
        long timer = context.setTimer(within.toMillis(), _ -> checked.tryFail(new PgFailure("timeout expired")));
        new Running(context, wire, PgStatement.simple(QUESTION), LIMITS, ended -> {
            context.owner().cancelTimer(timer);
            Optional<PgFailure> failure = ended.failure().or(() -> objection(wanted, ended.result()));
            failure.ifPresentOrElse(checked::tryFail, () -> checked.tryComplete(wire));
        }).start();
        return checked.future().onFailure(_ -> wire.close());
    }

    private static Optional<PgFailure> objection(TargetSession wanted, PgResult result) {
        List<Optional<ByteString>> row = result.rows().getFirst().values();
        boolean standby = isTrue(row.getFirst());
        boolean readOnly = standby || isTrue(row.getLast());
        return switch (wanted) {
            case READ_WRITE -> unless(!readOnly, "session is read-only");
            case READ_ONLY -> unless(readOnly, "session is not read-only");
            case PRIMARY -> unless(!standby, "server is in hot standby mode");
            case STANDBY -> unless(standby, "server is not in hot standby mode");
            case ANY, PREFER_STANDBY -> Optional.empty();
        };
    }

    private static boolean isTrue(Optional<ByteString> value) {
        return value.filter(ByteString.of("t")::equals).isPresent();
    }

    private static Optional<PgFailure> unless(boolean fine, String text) {
        return fine ? Optional.empty() : Optional.of(new PgFailure(text));
    }
}
