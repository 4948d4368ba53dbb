package dev.myproxy.lua.lib.pg;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaClass;
import dev.myproxy.lua.LuaObject;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.pg.PgResult;
import dev.myproxy.pg.PgRow;
import dev.myproxy.protocol.ByteString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What {@code db:execute} gives: rows, and how far the script has read them. */
final class ResultObject extends LuaObject {

    static final LuaClass<ResultObject> CLASS = new LuaClass<>("pg.result", ResultObject.class)
            .method("fetch", ResultObject::fetch).method("rows", ResultObject::rows)
            .attribute("ntuples", self -> LuaValue.of(self.result.rows().size()))
            .attribute("cmd_tuples", ResultObject::affected)
            .attribute("columns", self -> new LuaValue.Fresh(self.columns));

    private final PgResult result;
    private final List<LuaValue> columns;
    private int next;

    ResultObject(PgResult result) {
        this.result = result;
        this.columns = result.columns().stream().map(LuaValue::of).toList();
    }

    private LuaValue affected() {
        return result.affected().isPresent() ? LuaValue.of((double) result.affected().getAsLong()) : LuaValue.nil();
    }

    private LuaReply fetch(LuaArgs args) {
        args.expectCount(0, 2, "Too many parameters");
        boolean numbered = isNumbered(args, 2);
        if (args.count() == 0) {
            return fresh(numbered);
        }
        LuaTable table = args.table(1);
        Optional<PgRow> row = poll();
        row.ifPresent(values -> fill(values, numbered, table::set));
        return row.isPresent() ? LuaReply.of(table) : LuaReply.NOTHING;
    }

    private LuaReply rows(LuaArgs args) {
        args.expectCount(0, 1, "Too many parameters");
        boolean numbered = isNumbered(args, 1);
        return LuaReply.of(new LuaBuiltin("rows", _ -> fresh(numbered)));
    }

    private static boolean isNumbered(LuaArgs args, int number) {
        if (args.get(number) instanceof LuaValue.Nil) {
            return false;
        }
        return switch (args.string(number).utf8()) {
            case "a" -> false;
            case "n" -> true;
            default -> throw args.bad(number, "Bad mode");
        };
    }

    private Optional<PgRow> poll() {
        return next < result.rows().size() ? Optional.of(result.rows().get(next++)) : Optional.empty();
    }

    private LuaReply fresh(boolean numbered) {
        Optional<PgRow> row = poll();
        if (row.isEmpty()) {
            return LuaReply.NOTHING;
        }
        Map<LuaValue, LuaValue> entries = new LinkedHashMap<>();
        fill(row.get(), numbered, entries::put);
        return LuaReply.of(new LuaValue.Fresh(entries));
    }

    private void fill(PgRow row, boolean numbered, BiConsumer<LuaValue, LuaValue> set) {
        int column = 0;
        for (Optional<ByteString> value : row.values()) {
            LuaValue key = numbered ? LuaValue.of(column + 1.0) : columns.get(column);
            set.accept(key, value.map(LuaValue::of).orElseGet(LuaValue::nil));
            column++;
        }
    }

    @Override
    public LuaClass<?> luaClass() {
        return CLASS;
    }
}
