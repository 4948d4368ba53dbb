package dev.myproxy.pg.conninfo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceFileTest {

    @TempDir
    Path home;

    private Here here;

    @BeforeEach
    void setUp() {
        here = new Here(home);
    }

    @Test
    void aServiceFillsInWhatTheStringLeavesOpen() {
        here.file(".pg_service.conf", "# ours", "[other]", "host=c", "", "[shop]", "  host=a", "dbname=fromfile",
                "user=joe", "[third]", "port=9").with("PGHOST", "b").with("PGPORT", "7");

        ConnectionSettings settings = here.read("service=shop dbname=given");

        assertThat(Here.places(settings)).containsExactly("a:7");
        assertThat(settings.database()).isEqualTo("given");
        assertThat(settings.user()).isEqualTo("joe");
    }

    @Test
    void theEnvironmentCanNameServiceAndFile() {
        here.file("services", "[shop]", "host=a").with("PGSERVICE", "shop").with("PGSERVICEFILE", home + "/services");

        assertThat(Here.places(here.read(""))).containsExactly("a:5432");
    }

    @Test
    void theFileOfTheSystemComesSecond() {
        here.file(".pg_service.conf", "[one]", "host=own").file("system.conf", "[one]", "host=system", "[two]",
                "host=two");

        assertThat(Here.places(here.read("service=one"))).containsExactly("own:5432");
        assertThat(Here.places(here.read("service=two"))).containsExactly("two:5432");
    }

    @Test
    void theFirstValueOfAnOptionCountsInAFile() {
        here.file(".pg_service.conf", "[one]", "host=a", "host=b");

        assertThat(Here.places(here.read("service=one"))).containsExactly("a:5432");
    }

    @Test
    void mistakesSayWhereTheyAre() {
        here.file(".pg_service.conf", "[noequals]", "host", "[nested]", "service=x", "[unknown]", "# why", "hots=a",
                "[ldap]", "ldap://x/y?z");
        String where = "service file \"" + home + "/.pg_service.conf\", line ";

        here.refuses("service=nowhere", "definition of service \"nowhere\" not found");
        here.refuses("service=noequals", "syntax error in " + where + 2);
        here.refuses("service=nested", "nested service specifications not supported in " + where + 4);
        here.refuses("service=unknown",
                "syntax error in " + where + "7: invalid connection option \"hots\"; did you mean \"host\"?");
        here.refuses("service=ldap", "LDAP lookup of connection options is not supported in " + where + 9);
    }
}
