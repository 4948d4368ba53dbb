package dev.myproxy.lua.lib.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.LuaBuiltin;
import dev.myproxy.lua.LuaReply;
import dev.myproxy.lua.LuaSetup;
import dev.myproxy.lua.LuaState;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.script.LuaScriptEngine;
import dev.myproxy.protocol.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonRoundTripTest {

    private static final int DOCUMENTS = 2000;

    @ParameterizedTest
    @MethodSource("dev.myproxy.lua.Engines#available")
    void whatIsReadIsWrittenInItsOneForm(LuaScriptEngine engine) {
        List<ByteString> written = new ArrayList<>();
        try (LuaState lua = engine.open(new LuaSetup(Runnable::run, LuaSetup.DEFAULT_LIMIT))) {
            new JsonLibrary(new Json()).open(lua);
            lua.setGlobal("written", new LuaBuiltin("written", args -> {
                written.add(args.string(1));
                return LuaReply.NOTHING;
            }));
            for (int seed = 0; seed < DOCUMENTS; seed++) {
                lua.run(ByteString.of("written(json.dump(assert(json.parse(...))))"), "@test.lua",
                        LuaValue.of("[" + RandomDocument.make(seed).text() + "]"));
            }
        }

        for (int seed = 0; seed < DOCUMENTS; seed++) {
            RandomDocument.Both document = RandomDocument.make(seed);
            assertThat(written.get(seed).utf8()).as("seed %d: %s", seed, document.text())
                    .isEqualTo("[" + document.canonical() + "]");
        }
    }
}
