package dev.myproxy.lua.luaj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.myproxy.lua.luaj.std.StandardLibraries;
import dev.myproxy.lua.luaj.std.Surroundings;
import dev.myproxy.lua.luaj.vm.Chunks;
import dev.myproxy.lua.luaj.vm.Machine;
import dev.myproxy.lua.luajit.LuaJitEngine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.luaj.vm2.LuaString;
import party.iroiro.luajava.Lua;
import party.iroiro.luajava.luajit.LuaJit;

/** Runs the same Lua code in our machine and in LuaJIT, which is what is right. Skips tests where LuaJIT does not load. */
public final class Both implements AutoCloseable {

    private static final String NAME = "=t";

    /** Shows values of all types; strings as printable ASCII, addresses as {@code ADDRESS}. */
    private static final String SHOW = """
                                       local function show(v, depth)
                                           if type(v) == 'string' then
                                               local text = v:gsub('0x%x%x%x%x%x+', 'ADDRESS'):gsub('builtin#%d+', 'ADDRESS')
                                               return "'" .. text:gsub('[^ -~]', function(c)
                                                   return '\\\\' .. c:byte()
                                               end) .. "'"
                                           elseif type(v) == 'table' and depth < 3 then
                                               local parts = {}
                                               for i = 1, #v do parts[i] = show(v[i], depth + 1) end
                                               return '{' .. table.concat(parts, ' ') .. '}'
                                           elseif type(v) == 'number' then
                                               return ('%.17g'):format(v)
                                           elseif type(v) == 'nil' or type(v) == 'boolean' then
                                               return tostring(v)
                                           end
                                           return type(v)
                                       end
                                       local function all(...)
                                           local parts = {}
                                           for i = 1, select('#', ...) do parts[i] = show((select(i, ...)), 0) end
                                           return table.concat(parts, ' ')
                                       end
                                       """;

    private final Machine machine = new Machine();
    private final Lua jit;

    public Both() {
        assumeThat(new LuaJitEngine().unavailable()).isEmpty();
        jit = new LuaJit();
        jit.openLibraries();
        StandardLibraries.open(machine, new Surroundings(() -> Path.of("")));
    }

    /** Fails unless each piece of code, the body of a function, gives the same values or the same error. */
    public void agreeOn(String... bodies) {
        agreeOn(List.of(bodies));
    }

    /** The same for many pieces, all in one go. */
    public void agreeOn(List<String> bodies) {
        StringBuilder chunk = new StringBuilder(SHOW).append("local out = {}\n");
        for (int i = 0; i < bodies.size(); i++) {
            chunk.append("out[").append(i + 1).append("] = all(pcall(function(...)\n").append(bodies.get(i))
                    .append("\nend))\n");
        }
        chunk.append("return table.concat(out, '\\n')");
        String source = chunk.toString();
        String[] right = inJit(source).split("\n", -1);
        String[] ours = inMachine(source).split("\n", -1);
        assertThat(ours).hasSameSizeAs(right).hasSize(bodies.size());
        for (int i = 0; i < right.length; i++) {
            assertThat(ours[i]).as(bodies.get(i)).isEqualTo(right[i]);
        }
    }

    /** The string that a chunk gives in our machine. Source and result are Latin-1. */
    public String inMachine(String source) {
        LuaString text = LuaString.valueUsing(source.getBytes(StandardCharsets.ISO_8859_1));
        LuaString result = (LuaString) machine
                .call(Chunks.load(text, LuaString.valueOf(NAME), machine.environment())).arg1();
        return new String(result.m_bytes, result.m_offset, result.m_length, StandardCharsets.ISO_8859_1);
    }

    private String inJit(String source) {
        byte[] bytes = source.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        jit.load(buffer, NAME);
        jit.pCall(0, 1);
        String result = String.valueOf(jit.toString(-1));
        jit.setTop(0);
        return result;
    }

    @Override
    public void close() {
        jit.close();
    }
}
