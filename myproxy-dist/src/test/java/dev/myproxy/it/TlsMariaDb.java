package dev.myproxy.it;

import dev.myproxy.address.Address;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Scrambles;
import dev.myproxy.tls.IdentityFiles;
import dev.myproxy.tls.TestEngines;
import dev.myproxy.tls.TestPki;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A MariaDB that speaks TLS, asks for certificates, and shows whichever one a test gives it. Its own one is signed by
 * {@link #pki()} and is for the name {@link #NAME} and the loopback interface.
 */
final class TlsMariaDb implements Closeable {

    static final String NAME = "db1.example.org";

    private final TestPki pki = TestPki.create();
    private final TestPki.Issued own = pki.issue(NAME, NAME, "127.0.0.1");
    private final Path directory;
    private final Path authority;
    private final EmbeddedMariaDb db;

    private TlsMariaDb(Path directory, String... options) throws IOException, InterruptedException {
        this.directory = directory;
        authority = pki.writeAuthority(directory);
        IdentityFiles files = own.write(directory, "server");
        String[] all = new String[options.length + 4];
        all[0] = "--ssl";
        all[1] = "--ssl-cert=" + files.certificate();
        all[2] = "--ssl-key=" + files.key();
        all[3] = "--ssl-ca=" + authority;
        System.arraycopy(options, 0, all, 4, options.length);
        db = EmbeddedMariaDb.start(all);
    }

    /** @param options further ones of mariadbd */
    static TlsMariaDb start(String... options) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("myproxy-tls-");
        try {
            return new TlsMariaDb(directory, options);
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            MariaDbFiles.delete(directory);
            throw e;
        }
    }

    /** Who signs what the server believes, and its own certificate. */
    TestPki pki() {
        return pki;
    }

    /** The file with the certificate of that authority. */
    Path authority() {
        return authority;
    }

    EmbeddedMariaDb db() {
        return db;
    }

    Address tcp() {
        return db.tcp();
    }

    /** Lets the server show another certificate from now on. */
    void show(TestPki.Issued identity) throws IOException {
        identity.write(directory, "server");
        db.execute("FLUSH SSL");
    }

    /** Lets the server show its own certificate again. */
    void showOwn() throws IOException {
        show(own);
    }

    /** A client that has logged in directly, by TLS, with mysql_native_password. */
    RawClient client(Login login, String password) throws IOException {
        RawClient client = RawClient.connect(tcp());
        Login proof = login.withAuth("mysql_native_password",
                Scrambles.nativePassword(password, client.greeting().salt()));
        if (!client.encrypt(proof, TestEngines.client()).tryEncryptedLogin(proof).isOk()) {
            throw new AssertionError("no login by TLS");
        }
        return client;
    }

    @Override
    public void close() throws IOException {
        try {
            db.close();
        } finally {
            MariaDbFiles.delete(directory);
        }
    }
}
