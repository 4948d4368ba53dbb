package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.myproxy.peers.Endpoints;
import dev.myproxy.tls.IdentityFiles;
import dev.myproxy.tls.PeerTls;
import dev.myproxy.tls.TestPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe for certificates in the place of passwords, with real clients and a real server. */
class CertificateAccountsIT {

    private static final Path RECIPE = Path.of(System.getProperty("basedir", "."), "..", "conf", "recipes",
            "certificate-accounts.lua");
    private static final String BACKUP = "3f1c2b5a6d7e8f901a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f7081";
    private static final String REVOKED = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private static final EmbeddedMariaDb DB = EmbeddedMariaDb.shared();
    private static final TestPki PKI = TestPki.create();

    @TempDir
    private static Path directory;

    private static int port;
    private static ProxyProcess proxy;

    @BeforeAll
    static void start() throws IOException {
        DB.createAccount("shop", "at the server", "certified");
        DB.createAccount("reports", "at the server, too", "certified");
        DB.createAccount("backup", "third", "certified");
        port = Endpoints.freePort();
        PKI.writeAuthority(directory);
        PKI.forLocalhost().write(directory, "server");
        for (String name : List.of("shop,O=Example", "reports,O=Example", "eve")) {
            PKI.issue(name).write(directory, file(name));
        }
        TestPki.Issued backup = PKI.issue("shop,O=Example");
        backup.write(directory, "backup");
        TestPki.Issued lost = PKI.issue("shop,O=Example");
        lost.write(directory, "lost");
        PKI.expired("shop,O=Example").write(directory, "expired");
        PKI.notYetValid("shop,O=Example").write(directory, "early");
        TestPki.create().issue("shop,O=Example").write(directory, "foreign");
        proxy = ProxyProcess.start(directory, Files.readString(RECIPE).replace("*:3306", "127.0.0.1:" + port)
                .replace("10.0.0.1:3306", DB.socket().toString())
                .replace(BACKUP, PeerTls.fingerprintOf(backup.certificate()))
                .replace(REVOKED, PeerTls.fingerprintOf(lost.certificate()))
                .replace("/etc/cm4all/myproxy/tls/clients-ca.crt", directory.resolve("ca.crt").toString())
                .replace("/etc/cm4all/myproxy/tls", directory.toString()));
        ClientRun.mariaDb();
    }

    @AfterAll
    static void stop() throws IOException {
        assertThat(proxy.log()).noneMatch(line -> line.contains("Exception"));
        proxy.close();
    }

    private static String file(String name) {
        return name.replaceFirst(",.*", "");
    }

    private static ClientRun client(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(ClientRun.mariaDb());
        command.addAll(List.of("--host=127.0.0.1", "--port=" + port, "--user=root", "--password=ignored",
                "--execute=SELECT CURRENT_USER()"));
        command.addAll(List.of(options));
        return ClientRun.of(directory, command);
    }

    private static String[] showing(String name) {
        IdentityFiles files = new IdentityFiles(directory.resolve(name + ".crt"), directory.resolve(name + ".key"));
        return new String[]{"--ssl-ca=" + directory.resolve("ca.crt"), "--ssl-cert=" + files.certificate(),
                "--ssl-key=" + files.key(), "--ssl-verify-server-cert"};
    }

    private static String refused(String... options) throws IOException, InterruptedException {
        ClientRun run = client(options);
        assertThat(run.exitCode()).as(run.out()).isNotZero();
        return run.out();
    }

    @Test
    void theSubjectIsTheAccount() throws Exception {
        assertThat(client(showing("shop"))).isEqualTo(new ClientRun(0, "shop@%\n"));
        assertThat(client(showing("reports"))).isEqualTo(new ClientRun(0, "reports@%\n"));
        assertThat(proxy.log()).anyMatch(line -> line.contains("certificate=\"O=Example,CN=shop\"")
                || line.contains("certificate=\"CN=shop,O=Example\""));
    }

    @Test
    void oneCertificateHasAnAccountOfItsOwn() throws Exception {
        assertThat(client(showing("backup"))).isEqualTo(new ClientRun(0, "backup@%\n"));
    }

    @Test
    void othersAreRefused() throws Exception {
        assertThat(refused(showing("eve"))).contains("ERROR 1045 (28000)",
                "No account for the certificate of CN=eve");
        assertThat(refused(showing("lost"))).contains("ERROR 1045 (28000)",
                "No account for the certificate of CN=shop,O=Example");
    }

    @Test
    void certificatesThatAreNotValid() throws Exception {
        assertThat(refused(showing("expired"))).contains("TLS/SSL error", "certificate expired");
        proxy.awaitLine(line -> line.contains("TLS: the certificate has expired, NotAfter: "));
        assertThat(refused(showing("early"))).contains("TLS/SSL error");
        proxy.awaitLine(line -> line.contains("TLS: the certificate is not valid yet, NotBefore: "));
        assertThat(refused(showing("foreign"))).contains("TLS/SSL error");
        proxy.awaitLine(line -> line.contains("TLS: the certificate is not trusted: "));
        assertThat(proxy.log()).anyMatch(line -> line.contains("cause=tls_failed"));
    }

    @Test
    void noCertificateAndNoTls() throws Exception {
        assertThat(refused("--ssl-ca=" + directory.resolve("ca.crt"))).contains("TLS/SSL error");
        proxy.awaitLine(line -> line.contains("TLS: no certificate was shown"));
        assertThat(refused("--skip-ssl")).contains("ERROR 3159 (HY000)");
    }

    @Test
    void clientsOfMySql() throws Exception {
        Optional<List<String>> program = ClientRun.mySql();
        assumeTrue(program.isPresent(), "MySQL's client is not there");
        List<String> command = new ArrayList<>(program.get());
        command.addAll(
                List.of("--host=127.0.0.1", "--port=" + port, "--user=whoever", "--execute=SELECT CURRENT_USER()",
                        "--ssl-mode=VERIFY_IDENTITY", "--ssl-ca=" + directory.resolve("ca.crt"),
                        "--ssl-cert=" + directory.resolve("shop.crt"), "--ssl-key=" + directory.resolve("shop.key")));
        assertThat(ClientRun.of(directory, command)).isEqualTo(new ClientRun(0, "shop@%\n"));
    }
}
