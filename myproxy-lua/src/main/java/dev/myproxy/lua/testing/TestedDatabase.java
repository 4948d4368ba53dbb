package dev.myproxy.lua.testing;

import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.pg.Database;
import dev.myproxy.pg.PgExecution;
import dev.myproxy.pg.PgFailure;
import dev.myproxy.pg.PgListener;
import dev.myproxy.pg.PgResult;
import dev.myproxy.pg.PgRow;
import dev.myproxy.pg.PgStatement;
import dev.myproxy.protocol.ByteString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One database of a policy that is tested. */
final class TestedDatabase implements Database {

    private final String name;
    private final Hooks hooks;
    private final Executor events;
    private final Consumer<TestedDatabase> closed;
    private final Map<String, PgListener> listeners = new ConcurrentHashMap<>();

    /**
     * @param name   as the test sees it
     * @param events runs what a real database's event loop would
     */
    TestedDatabase(String name, Hooks hooks, Executor events, Consumer<TestedDatabase> closed) {
        this.name = name;
        this.hooks = hooks;
        this.events = events;
        this.closed = closed;
    }

    @Override
    public PgExecution execute(PgStatement statement) {
        PgExecution execution = new PgExecution(statement, _ -> {});
        LuaValue params = statement.parameters().map(TestedDatabase::table).orElseGet(LuaValue::nil);
        hooks.execute().apply(LuaValue.list(LuaValue.of(name), LuaValue.of(statement.sql()), params))
                .onSuccess(answer -> answered(execution, ((LuaValue.Fresh) answer.getFirst()).entries()))
                .onFailure(failure -> {
                    String message = LuaError.of(failure).text().utf8();
                    hooks.complain().accept(message);
                    execution.fail(new PgFailure(message));
                });
        return execution;
    }

    private static LuaValue table(PgStatement.Parameters parameters) {
        Map<LuaValue, LuaValue> entries = new LinkedHashMap<>();
        for (Optional<String> value : parameters.values()) {
            entries.put(LuaValue.of(entries.size() + 1.0), value.map(LuaValue::of).orElseGet(LuaValue::nil));
        }
        entries.put(LuaValue.of("n"), LuaValue.of(entries.size()));
        return new LuaValue.Fresh(entries);
    }

    private static void answered(PgExecution execution, Map<LuaValue, LuaValue> answer) {
        Optional<String> message = text(answer.get(LuaValue.of("message"))).map(ByteString::utf8);
        if (message.isPresent()) {
            execution.fail(new PgFailure(message.get(),
                    text(answer.get(LuaValue.of("sqlstate"))).map(ByteString::utf8)));
            return;
        }
        List<ByteString> columns = list(answer.get(LuaValue.of("columns"))).stream()
                .map(column -> text(column).orElse(ByteString.EMPTY)).toList();
        List<PgRow> rows = list(answer.get(LuaValue.of("rows"))).stream().map(row -> row(row, columns.size())).toList();
        OptionalLong affected = answer.get(LuaValue.of("count")) instanceof LuaValue.Num(double count)
                ? OptionalLong.of((long) count)
                : OptionalLong.empty();
        execution.succeed(new PgResult(columns, rows, affected));
    }

    private static PgRow row(LuaValue row, int columns) {
        Map<LuaValue, LuaValue> entries = row instanceof LuaValue.Fresh fresh ? fresh.entries() : Map.of();
        List<Optional<ByteString>> values = new ArrayList<>(columns);
        for (int i = 1; i <= columns; i++) {
            values.add(text(entries.get(LuaValue.of(i))));
        }
        return PgRow.of(values);
    }

    private static List<LuaValue> list(@Nullable LuaValue value) {
        List<LuaValue> values = new ArrayList<>();
        if (value instanceof LuaValue.Fresh fresh) {
            for (int i = 1; fresh.entries().containsKey(LuaValue.of(i)); i++) {
                values.add(Objects.requireNonNull(fresh.entries().get(LuaValue.of(i))));
            }
        }
        return values;
    }

    private static Optional<ByteString> text(@Nullable LuaValue value) {
        return value == null ? Optional.empty() : LuaNumbers.asString(value);
    }

    @Override
    public void listen(String channel, PgListener listener) {
        listeners.put(channel, listener);
    }

    boolean isListening(String channel) {
        return listeners.containsKey(channel);
    }

    /** Notifies whoever listens. */
    void notify(String channel, Optional<String> payload) {
        Optional.ofNullable(listeners.get(channel)).ifPresent(listener -> events.execute(() -> payload
                .ifPresentOrElse(text -> listener.notified(ByteString.of(text)), listener::missed)));
    }

    @Override
    public void close() {
        listeners.clear();
        closed.accept(this);
    }
}
