package dev.myproxy.lua.luaj.std;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.lua.luaj.Both;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IoLibTest {

    private final Both both = new Both();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    private String file = "";

    @BeforeEach
    void writeFile() throws IOException {
        Path text = directory.resolve("text");
        Files.writeString(text, "first line\n12 0x10 -1.5e1 word\n\nlast without end");
        file = text.toString();
    }

    @AfterEach
    void close() {
        both.close();
    }

    @Test
    void filesAreReadInAllFormats() {
        String open = "local f = assert(io.open('" + file + "'))\n";
        both.agreeOn(open + "local t = {f:read('*l', 5, '*a')} f:close() return t",
                open + "f:read() return f:read('*n', '*n', '*n', '*n')",
                open + "local t = {} for l in f:lines() do t[#t + 1] = l end return t, f:read(), f:read('*a'), f:read(0)",
                "local t = {} for l in io.lines('" + file + "') do t[#t + 1] = l end return t",
                open + "return f:read(0), f:read(5), f:seek(), f:seek('set', 2), f:read(3), f:seek('cur', -1), f:seek('end')",
                open + "local x = f:read('*x') return x", open + "return f:seek('set', -1)",
                open + "return f:write('x')",
                open + "return io.type(f), f:close(), io.type(f), io.type(5)",
                open + "f:close() return pcall(f.read, f)",
                open + "f:close() return (tostring(f))", "io.lines('/nonexistent/file')",
                "io.input('/nonexistent/file')");
    }

    @Test
    void whatIsWrittenUnbufferedIsThereAtOnce() {
        String path = directory.resolve("unbuffered").toString();
        both.agreeOn("""
                     local f = assert(io.open('PATH', 'w'))
                     f:setvbuf('no')
                     f:write('a', 1)
                     local seen = io.open('PATH'):read('*a')
                     f:write('b\\n')
                     return seen, io.open('PATH'):read('*a')
                     """.replace("PATH", path));
    }

    @Test
    void filesAreWritten() {
        String path = directory.resolve("out").toString();
        both.agreeOn("""
                     local f = assert(io.open('PATH', 'w'))
                     f:write('a', 1, 2.5, '\\0\\200\\n')
                     f:close()
                     f = assert(io.open('PATH', 'a'))
                     f:write('more')
                     f:close()
                     f = assert(io.open('PATH', 'r+'))
                     f:seek('set', 1)
                     f:write('X')
                     f:seek('set')
                     local all = f:read('*a')
                     f:close()
                     f = assert(io.open('PATH', 'w+'))
                     f:write('new')
                     f:seek('set')
                     local new = f:read('*a')
                     f:close()
                     return all, new
                     """.replace("PATH", path), "local f = io.open('" + path + "', 'w') return pcall(f.write, f, {})",
                "local a, b, c = os.remove('" + path + "') local d, e, f = os.remove('" + path
                        + "') return a, b, c, d, e, f");
    }

    @Test
    void failuresAreTold() {
        both.agreeOn("return io.open('/nonexistent/file')", "return io.open('" + directory + "', 'w')",
                "return os.rename('/nonexistent/a', '/nonexistent/b')", "return os.remove('/nonexistent/a')",
                "local x = io.open() return x", "local x = io.open({}) return x", "local x = io.close(5) return x");
    }

    @Test
    void commandsAreRun() {
        both.agreeOn("local p = io.popen('echo hello; echo world') local t = p:read('*a') p:close() return t",
                "return os.execute('exit 3'), os.execute('true'), os.execute()");
    }

    @Test
    void temporaryFilesHaveNames() throws IOException {
        String name = both.inMachine("return os.tmpname()");

        assertThat(Path.of(name)).exists();
        Files.delete(Path.of(name));
        assertThat(both.inMachine("local f = io.tmpfile() f:write('x') f:seek('set') return f:read('*a')"))
                .isEqualTo("x");
    }
}
