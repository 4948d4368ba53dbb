package dev.myproxy.lua.lib.pg;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaClass;
import dev.myproxy.lua.LuaFunction;
import dev.myproxy.lua.LuaObject;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.pg.Database;
import dev.myproxy.pg.PgExecution;
import dev.myproxy.pg.PgFailure;
import dev.myproxy.pg.PgResult;
import dev.myproxy.pg.PgStatement;
import dev.myproxy.pg.PgText;
import dev.myproxy.protocol.ByteString;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code pg:new} gives. */
final class DatabaseObject extends LuaObject {

    static final LuaClass<DatabaseObject> CLASS = new LuaClass<>("pg.connection", DatabaseObject.class)
            .method("execute", DatabaseObject::execute).method("listen", DatabaseObject::listen)
            .method("close", DatabaseObject::close);

    /** PostgreSQL cuts longer names. */
    private static final int MAX_NAME_BYTES = 63;

    private final OpenDatabases databases;
    private final Database database;
    private final Map<String, NotificationQueue> queues = new HashMap<>();

    DatabaseObject(OpenDatabases databases, Database database) {
        this.databases = databases;
        this.database = database;
    }

    private LuaReply execute(LuaArgs args) {
        args.expectCount(1, 2, args.count() == 0 ? "Not enough parameters" : "Too many parameters");
        ByteString sql = args.string(1);
        Optional<LuaTable> table = args.count() == 2 ? Optional.of(args.table(2)) : Optional.empty();
        PgStatement statement;
        try {
            statement = statement(sql, table);
        } catch (PgFailure e) {
            return new LuaReply.Results(failure(e));
        }
        PgExecution execution = database.execute(statement);
        // holds this object as long as the statement runs
        Future<List<LuaValue>> values = execution.result().map(this::result).otherwise(DatabaseObject::failure);
        return new LuaReply.Later(values, execution::cancel);
    }

    private static PgStatement statement(ByteString sql, Optional<LuaTable> table) throws PgFailure {
        String text = PgText.of(sql, "SQL");
        if (table.isEmpty()) {
            return PgStatement.simple(text);
        }
        ValueText.Sequence sequence = ValueText.Sequence.of(table.get());
        List<Optional<String>> parameters = new ArrayList<>();
        for (LuaValue value : sequence.values()) {
            parameters.add(ValueText.of(value, "parameter $" + (parameters.size() + 1)));
        }
        return new PgStatement(text, Optional.of(new PgStatement.Parameters(parameters, !sequence.exact())));
    }

    private List<LuaValue> result(PgResult result) {
        return LuaValue.list(new ResultObject(result));
    }

    private static List<LuaValue> failure(Throwable cause) {
        LuaValue state = cause instanceof PgFailure failure
                ? failure.sqlState().map(LuaValue::of).orElseGet(LuaValue::nil)
                : LuaValue.nil();
        return LuaValue.list(LuaValue.nil(), LuaValue.of(String.valueOf(cause.getMessage())), state);
    }

    private LuaReply listen(LuaArgs args) {
        args.expectCount(2, 2, args.count() < 2 ? "Not enough parameters" : "Too many parameters");
        String name = name(args);
        if (!(args.get(2) instanceof LuaFunction function)) {
            throw args.badType(2, "function");
        }
        if (queues.containsKey(name)) {
            throw args.bad(1, "Duplicate notify name");
        }
        function.keep();
        NotificationQueue queue = new NotificationQueue(databases.callbacks(), function);
        queues.put(name, queue);
        databases.hold(this);
        database.listen(name, queue);
        return LuaReply.NOTHING;
    }

    private static String name(LuaArgs args) {
        String name;
        try {
            name = PgText.of(args.string(1), "name");
        } catch (PgFailure e) {
            throw args.bad(1, e.text());
        }
        if (name.isEmpty()) {
            throw args.bad(1, "Empty name not allowed");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw args.bad(1, "Name is longer than " + MAX_NAME_BYTES + " bytes");
        }
        return name;
    }

    private LuaReply close(LuaArgs args) {
        args.expectCount(0, 0, "Too many parameters");
        databases.close(database);
        databases.release(this);
        queues.values().forEach(NotificationQueue::close);
        return LuaReply.NOTHING;
    }

    @Override
    public LuaClass<?> luaClass() {
        return CLASS;
    }
}
