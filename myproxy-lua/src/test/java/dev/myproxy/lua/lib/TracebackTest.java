package dev.myproxy.lua.lib;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TracebackTest {

    @Test
    void framesOfFilesStayAndOthersGo() {
        Traceback traceback = Traceback.of("config.lua:3: bad thing", """
                                                                      stack traceback:
                                                                      \t[C]: in function 'error'
                                                                      \t[myproxy]:61: in function 'fail'
                                                                      \tconfig.lua:3: in function 'f'
                                                                      \t...
                                                                      stack traceback:
                                                                      \t/etc/x.lua:4: in function <config.lua:4>
                                                                      """);

        assertThat(traceback.frames()).containsExactly("config.lua:3: in function 'f'", "...",
                "/etc/x.lua:4: in function <config.lua:4>");
        assertThat(traceback.innermost()).contains("config.lua:3");
    }

    @Test
    void theLineOfTheInnermostFrameComesFromTheMessageIfTheEngineForgotIt() {
        String stack = "stack traceback:\n\tconfig.lua: in function <config.lua:10>\n\tb.lua:1: in main chunk";

        assertThat(Traceback.of("config.lua:12: attempt to index a nil value", stack).frames())
                .containsExactly("config.lua:12: in function <config.lua:10>", "b.lua:1: in main chunk");
        assertThat(Traceback.of("other.lua:12: x", stack).frames()).first()
                .isEqualTo("config.lua: in function <config.lua:10>");
    }

    @Test
    void aMessageHasAPositionIfItBeginsWithOne() {
        assertThat(Traceback.position("/etc/a.lua:12: x\ny: z")).contains("/etc/a.lua:12");
        assertThat(Traceback.position("Failed to connect to 10.0.0.1:3306: refused")).isEmpty();
        assertThat(Traceback.position("plain")).isEmpty();
    }
}
