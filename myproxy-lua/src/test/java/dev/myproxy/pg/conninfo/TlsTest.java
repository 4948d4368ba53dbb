package dev.myproxy.pg.conninfo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsTest {

    private static final String CERT = ".postgresql/postgresql.crt";
    private static final String KEY = ".postgresql/postgresql.key";

    @TempDir
    Path home;

    private Here here;

    @BeforeEach
    void setUp() {
        here = new Here(home);
    }

    private TlsSettings tls(String text) {
        return here.read("host=db " + text).tls();
    }

    @ParameterizedTest
    @CsvSource({"disable,DISABLE", "allow,ALLOW", "prefer,PREFER", "require,REQUIRE"})
    void modesWithoutRootsTrustAnyone(String word, TlsMode mode) {
        TlsSettings tls = tls("sslmode=" + word);

        assertThat(tls.mode()).isEqualTo(mode);
        assertThat(tls.trust()).isEqualTo(new TlsTrust.Anyone());
        assertThat(tls.certificate()).isEmpty();
        assertThat(tls.protocols()).containsExactly("TLSv1.2", "TLSv1.3");
    }

    @Test
    void encryptionIsPreferredUnlessSomebodySaysOtherwise() {
        assertThat(tls("").mode()).isEqualTo(TlsMode.PREFER);
        assertThat(here.with("PGREQUIRESSL", "1").read("host=db").tls().mode()).isEqualTo(TlsMode.REQUIRE);
        assertThat(here.with("PGSSLMODE", "allow").read("host=db").tls().mode()).isEqualTo(TlsMode.ALLOW);
    }

    @ParameterizedTest
    @CsvSource({"prefer,PREFER", "require,VERIFY_CA", "verify-ca,VERIFY_CA", "verify-full,VERIFY_FULL"})
    void aRootCertificateIsUsedInEveryModeThatEncrypts(String word, TlsMode mode) {
        here.file(".postgresql/root.crt", "x").file("other.crt", "x");

        assertThat(tls("sslmode=" + word).mode()).isEqualTo(mode);
        assertThat(tls("sslmode=" + word).trust())
                .isEqualTo(new TlsTrust.Roots(home.resolve(".postgresql/root.crt")));
        assertThat(tls("sslmode=" + word + " sslrootcert=" + home + "/other.crt").trust())
                .isEqualTo(new TlsTrust.Roots(home.resolve("other.crt")));
    }

    @Test
    void verifyingNeedsRoots() {
        here.refuses("host=db sslmode=verify-ca sslrootcert=/nowhere",
                "root certificate file \"/nowhere\" does not exist: either provide the file, use the system's trusted "
                        + "roots with sslrootcert=system, or change sslmode to disable server certificate verification");
        assertThat(here.read("host=db sslrootcert=/nowhere").warnings()).containsExactly(
                "root certificate file \"/nowhere\" does not exist: the server's certificate is not verified");
    }

    @Test
    void theSystemsRootsVerifyFully() {
        assertThat(tls("sslrootcert=system").mode()).isEqualTo(TlsMode.VERIFY_FULL);
        assertThat(tls("sslrootcert=system").trust()).isEqualTo(new TlsTrust.Machine());
        here.refuses("host=db sslrootcert=system sslmode=require",
                "weak sslmode \"require\" may not be used with sslrootcert=system (use \"verify-full\")");
    }

    @Test
    void unixSocketsAreNeverEncrypted() {
        assertThat(here.read("host=/s sslmode=verify-full").tls().mode()).isEqualTo(TlsMode.DISABLE);
        assertThat(here.read("host=/s,db sslmode=require").tls().mode()).isEqualTo(TlsMode.REQUIRE);
    }

    @Test
    void aCertificateNeedsItsKey() {
        here.file(CERT, "x");
        here.refuses("host=db", "certificate present, but not private key file \"" + home.resolve(KEY) + "\"");

        here.file(KEY, "x");
        assertThat(tls("").certificate())
                .contains(new TlsSettings.Certificate(home.resolve(CERT), home.resolve(KEY)));
        assertThat(tls("sslcertmode=disable").certificate()).isEmpty();
        assertThat(tls("sslmode=disable").certificate()).isEmpty();

        here.fileOf("rw-rw-rw-", KEY, "x");
        assertThat(here.read("host=/s").tls().certificate()).isEmpty();
        here.refuses("host=db", "private key file \"" + home.resolve(KEY)
                + "\" has group or world access; file must have permissions u=rw (0600) or less if owned by the current "
                + "user, or permissions u=rw,g=r (0640) or less if owned by root");
    }

    @Test
    void rootMayLetItsGroupReadAKey() {
        assertThat(new FileMode(0100640, 0).goodForKey()).isTrue();
        assertThat(new FileMode(0100660, 0).goodForKey()).isFalse();
        assertThat(new FileMode(0100640, 1000).goodForKey()).isFalse();
        assertThat(new FileMode(0100600, 1000).goodForKey()).isTrue();
    }

    @Test
    void filesThatWereNamedAreMissed() throws Exception {
        Path revoked = Files.createFile(home.resolve("revoked.pem"));

        assertThat(here.read("host=db sslcert=/nowhere/a sslcrl=/nowhere/b").warnings()).containsExactly(
                "sslcert file \"/nowhere/a\" does not exist", "sslcrl file \"/nowhere/b\" does not exist");
        assertThat(tls("sslcrl=" + revoked).revoked()).isEqualTo(Optional.of(revoked));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                  sslmode=on | invalid sslmode value: "on" (can be disable, allow, prefer, require, verify-ca, verify-full)
                                                                  sslmode=   | invalid sslmode value: "" (can be disable, allow, prefer, require, verify-ca, verify-full)
                                                                  ssl_min_protocol_version=SSLv3 | invalid ssl_min_protocol_version value: "SSLv3" (can be TLSv1, TLSv1.1, TLSv1.2, TLSv1.3)
                                                                  ssl_min_protocol_version=TLSv1.3 ssl_max_protocol_version=TLSv1.2 | invalid SSL protocol version range
                                                                  ssl_min_protocol_version=TLSv1 ssl_max_protocol_version=TLSv1.1 | ssl_max_protocol_version value "TLSv1.1" is not supported: only TLSv1.2 and TLSv1.3 are
                                                                  """)
    void mistakesAreSaidInTheWordsOfLibpq(String text, String message) {
        here.refuses("host=db " + text, message);
    }

    @Test
    void versionsCanBeChosen() {
        assertThat(tls("ssl_min_protocol_version=tlsv1.3").protocols()).containsExactly("TLSv1.3");
        assertThat(tls("ssl_max_protocol_version=TLSv1.2").protocols()).containsExactly("TLSv1.2");
        assertThat(tls("ssl_min_protocol_version=TLSv1").protocols()).containsExactly("TLSv1.2", "TLSv1.3");
    }
}
