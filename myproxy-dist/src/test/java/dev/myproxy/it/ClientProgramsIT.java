package dev.myproxy.it;

import static dev.myproxy.it.SharedProxy.account;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs and drivers of other makers see through the daemon what they see directly. */
class ClientProgramsIT {

    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();

    @TempDir
    private Path directory;

    @BeforeAll
    static void fill() throws IOException {
        ClientProgram.prepare(DB, "program", ClientProgram.DATABASE);
        // The listener knows from now on what this server has, if it was others that it has learnt from.
        SharedProxy.standard().loggedIn("mariadb", DB.socket()).close();
    }

    @ParameterizedTest
    @EnumSource
    void seesWhatItSeesDirectly(ClientProgram program) throws IOException, InterruptedException {
        program.require();
        String direct = program.run(directory, path(DB.socket()), "program", false);
        assertThat(direct).contains("program@%", "ä€😀", "1146", "1062", "still here", "after rollback")
                .endsWith("done\n");
        assertThat(program.run(directory, path(SharedProxy.standard().listener("mariadb")),
                account("program", DB.socket()), false)).isEqualTo(direct);
    }

    private static String path(Address address) {
        return ((Address.UnixPath) address).path();
    }
}
