package dev.myproxy.pg.conninfo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnsupportedTest {

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                  requirepeer=postgres      | connection option "requirepeer" is not supported: the owner of a server's socket is not checked
                                                                  require_auth=md5          | connection option "require_auth" is not supported: the server chooses how passwords are checked
                                                                  sslpassword=x             | connection option "sslpassword" is not supported: the key must not be encrypted; protect its file instead
                                                                  sslcrldir=/x              | connection option "sslcrldir" is not supported: name a file with sslcrl instead
                                                                  sslkeylogfile=/x          | connection option "sslkeylogfile" is not supported: keys of connections are not written anywhere
                                                                  scram_client_key=x        | connection option "scram_client_key" is not supported: give a password instead
                                                                  oauth_issuer=x            | connection option "oauth_issuer" is not supported: there is no login with OAuth
                                                                  channel_binding=require   | channel_binding value "require" is not supported
                                                                  channel_binding=x         | invalid channel_binding value: "x" (can be disable, prefer)
                                                                  gssencmode=require        | gssencmode value "require" is not supported
                                                                  sslnegotiation=direct     | sslnegotiation value "direct" is not supported
                                                                  sslcertmode=require       | sslcertmode value "require" is not supported
                                                                  sslsni=0                  | sslsni value "0" is not supported
                                                                  replication=database      | replication value "database" is not supported
                                                                  min_protocol_version=3.2  | min_protocol_version value "3.2" is not supported
                                                                  client_encoding=LATIN1    | client_encoding value "LATIN1" is not supported: texts are always UTF8
                                                                  """)
    void whatWeCannotDoIsRefused(String text, String message) {
        new Here(home).refuses(text, message);
    }

    @Test
    void theEnvironmentIsNoWayAround() {
        new Here(home).with("PGREQUIREPEER", "postgres").refuses("",
                "connection option \"requirepeer\" is not supported: the owner of a server's socket is not checked");
        new Here(home).with("PGCLIENTENCODING", "WIN1252").refuses("",
                "client_encoding value \"WIN1252\" is not supported: texts are always UTF8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"requirepeer=", "channel_binding=disable", "channel_binding=prefer", "gssencmode=prefer",
            "gssencmode=disable", "sslnegotiation=postgres", "sslcertmode=allow", "sslsni=1", "replication=off",
            "min_protocol_version=3.0", "max_protocol_version=latest", "client_encoding=UTF-8", "client_encoding=auto",
            "krbsrvname=x", "gsslib=gssapi", "gssdelegation=1", "sslcompression=1"})
    void whatMakesNoDifferenceIsAccepted(String text) {
        assertThat(new Here(home).read(text).warnings()).isEmpty();
    }
}
