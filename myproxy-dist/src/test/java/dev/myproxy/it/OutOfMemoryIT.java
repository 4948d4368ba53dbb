package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java heap is used up: the process ends, for the service manager to start it again. */
@OwnServers
class OutOfMemoryIT {

    @TempDir
    private Path directory;

    @Test
    void endsAtOnceWithAStatusOfItsOwn() throws Exception {
        try (ProxyProcess proxy = ProxyProcess.startWith("MYPROXY_JAVA_OPTS", "-Xmx48m", directory,
                """
                mysql_listen('%s/socket', {on_handshake_response = function(client) return client:err('no') end})
                function reload()
                    local hoard = {}
                    while true do
                        hoard[#hoard + 1] = ('x'):rep(1000000) .. #hoard
                    end
                end
                """.formatted(directory), "--engine", "luaj")) {
            proxy.process().signal("HUP");

            assertThat(proxy.process().waitForEnd()).isEqualTo(3);
            assertThat(proxy.log()).anyMatch(line -> line.startsWith("Terminating due to java.lang.OutOfMemoryError"));
        }
    }
}
