package dev.myproxy.lua.lib.pg;

import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaNamespace;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.LibrarySetup;
import dev.myproxy.lua.lib.LuaLibrary;
import dev.myproxy.lua.lib.OptionSet;
import dev.myproxy.lua.lib.Options;
import dev.myproxy.pg.PgFailure;
import dev.myproxy.pg.PgLimits;
import dev.myproxy.pg.PgText;
import dev.myproxy.pg.conninfo.ConninfoException;
import dev.myproxy.protocol.ByteString;
import java.util.List;
import java.util.Optional;

/** The global {@code pg}. */
public final class PgLib implements LuaLibrary {

    static final OptionSet OPTIONS = new OptionSet("PgOptions", "pool", "name", "max_result_bytes", "max_waiting");

    private static final int MAX_POOL = 100;
    private static final double MAX_BYTES = 1 << 30;
    private static final double MAX_WAITING = 1_000_000;

    private final OpenDatabases databases;

    public PgLib(LibrarySetup setup) {
        this(new OpenDatabases(setup.callbacks(), new RealDatabases(setup)));
    }

    /**
     * @param source opens databases: real ones, or those of a test
     */
    public PgLib(LibrarySetup setup, DatabaseSource source) {
        this(new OpenDatabases(setup.callbacks(), source));
    }

    private PgLib(OpenDatabases databases) {
        this.databases = databases;
    }

    @Override
    public void open(LuaState lua) {
        new LuaNamespace("pg").method("new", this::create).method("encode_array", PgLib::encode)
                .method("decode_array", PgLib::decode).open(lua);
    }

    @Override
    public void close() {
        databases.close();
    }

    private LuaReply create(LuaArgs args) {
        args.expectCount(1, 3, args.count() == 0 ? "Not enough parameters" : "Too many parameters");
        Options options = args.get(3) instanceof LuaValue.Nil ? OPTIONS.none(args, 3) : OPTIONS.read(args, 3);
        Optional<String> schema = args.get(2) instanceof LuaValue.Nil
                ? Optional.empty()
                : Optional.of(text(args, 2)).filter(name -> !name.isEmpty());
        DatabaseSource.Request request = new DatabaseSource.Request(text(args, 1), schema, limits(options),
                options.string("name").map(ByteString::utf8));
        try {
            return LuaReply.of(databases.open(request));
        } catch (ConninfoException e) {
            throw args.bad(1, String.valueOf(e.getMessage()));
        }
    }

    private static PgLimits limits(Options options) {
        return new PgLimits((int) options.number("pool", 1, MAX_POOL).orElse(PgLimits.DEFAULT.connections()),
                (long) options.number("max_result_bytes", 1, MAX_BYTES)
                        .orElse((double) PgLimits.DEFAULT.maxResultBytes()),
                (int) options.number("max_waiting", 1, MAX_WAITING).orElse(PgLimits.DEFAULT.maxWaiting()));
    }

    private static String text(LuaArgs args, int number) {
        try {
            return PgText.of(args.string(number), number == 1 ? "connection string" : "schema");
        } catch (PgFailure e) {
            throw args.bad(number, e.text());
        }
    }

    private static LuaReply encode(LuaArgs args) {
        LuaTable table = args.table(1, () -> args.bad(1, "Table expected"));
        int length = table.length();
        ByteString[] elements = new ByteString[length];
        for (LuaTable.Entry entry : table.entries()) {
            if (!(entry.key() instanceof LuaValue.Num(double key)) || key < 1 || key > length
                    || key != Math.rint(key)) {
                throw args.bad(1, "table is not a sequence");
            }
            elements[(int) key - 1] = ValueText.element(entry.value()).orElseThrow(
                    () -> args.bad(1, "element is a " + entry.value().typeName() + ", not a string or number"));
        }
        for (ByteString element : elements) {
            if (element == null) {
                throw args.bad(1, "table is not a sequence");
            }
        }
        return LuaReply.of(LuaValue.of(ArrayText.encode(List.of(elements))));
    }

    private static LuaReply decode(LuaArgs args) {
        try {
            List<LuaValue> elements = ArrayText.decode(args.string(1)).stream().map(LuaValue::of).toList();
            return LuaReply.of(new LuaValue.Fresh(elements));
        } catch (ArrayText.SyntaxException e) {
            throw args.bad(1, String.valueOf(e.getMessage()));
        }
    }
}
