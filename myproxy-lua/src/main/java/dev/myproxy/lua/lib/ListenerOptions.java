package dev.myproxy.lua.lib;

import dev.myproxy.auth.AuthMode;
import dev.myproxy.auth.RsaKey;
import dev.myproxy.lua.LuaArgs;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Greeting;
import dev.myproxy.script.GreetedVersion;
import dev.myproxy.script.ListenOptions;
import dev.myproxy.script.Where;
import dev.myproxy.transport.ErrorText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The third argument of {@code mysql_listen}. */
public final class ListenerOptions {

    /** Its keys. */
    public static final OptionSet KEYS = new OptionSet("ListenOptions", "allow_cleartext", "auth",
            "idle_timeout", "local_infile", "login_timeout", "max_pending_logins", "max_query_bytes",
            ProxyProtocolOption.NAME, "rsa_private_key", "server_version", "tls", "write_timeout");

    /** Longer than any key in PEM. */
    private static final int MAX_KEY_BYTES = 1 << 16;

    private static final ByteString OF_SERVER = ByteString.of("server");

    private ListenerOptions() {}

    /**
     * Reads an argument, which may be missing.
     *
     * @param where where to listen
     */
    static ListenOptions read(LuaArgs args, int number, Where where) {
        Options options = KEYS.read(args, number);
        ListenOptions.Builder wished = ListenOptions.builder();
        options.number("max_query_bytes", ListenOptions.MIN_QUERY_BYTES, ListenOptions.MAX_QUERY_BYTES)
                .ifPresent(bytes -> wished.maxQueryBytes((int) bytes));
        seconds(options, "login_timeout", ListenOptions.LONGEST_LOGIN).ifPresent(wished::loginTimeout);
        options.integer("max_pending_logins", 1, ListenOptions.MOST_PENDING_LOGINS)
                .ifPresent(wished::maxPendingLogins);
        seconds(options, "idle_timeout", ListenOptions.LONGEST).ifPresent(wished::idleTimeout);
        seconds(options, "write_timeout", ListenOptions.LONGEST).ifPresent(wished::writeTimeout);
        wished.localInfile(options.flag("local_infile", ListenOptions.DEFAULT.localInfile()));
        ProxyProtocolOption.read(args, number, options, where).ifPresent(wished::proxyProtocol);
        AuthMode auth = options.string("auth").map(name -> AuthMode.named(name.utf8())
                .orElseThrow(() -> options.bad("auth", "'password', 'hash' or 'certificate'")))
                .orElse(ListenOptions.DEFAULT.auth());
        wished.auth(auth);
        wished.allowCleartext(options.flag("allow_cleartext", ListenOptions.DEFAULT.allowCleartext()));
        options.string("rsa_private_key").ifPresent(path -> wished.rsaKey(rsaKey(options, path)));
        options.string("server_version").ifPresent(text -> wished.serverVersion(version(options, text)));
        wished.tls(ListenTlsOptions.read(options, "tls", auth == AuthMode.CERTIFICATE));
        return wished.build();
    }

    private static GreetedVersion version(Options options, ByteString text) {
        if (text.equals(OF_SERVER)) {
            return new GreetedVersion.OfServer();
        }
        if (!Greeting.isVersion(text)) {
            throw options.bad("server_version", "'server', or a version such as '8.4.3' of 1 to "
                    + Greeting.MAX_VERSION_BYTES + " bytes without NUL");
        }
        return new GreetedVersion.Fixed(text);
    }

    /** Reads a key from a file, which may block: the configuration is loading. */
    private static RsaKey rsaKey(Options options, ByteString path) {
        try (InputStream file = Files.newInputStream(Path.of(path.utf8()))) {
            return RsaKey.parse(new String(file.readNBytes(MAX_KEY_BYTES), StandardCharsets.ISO_8859_1));
        } catch (IOException | IllegalArgumentException e) {
            throw options.bad("rsa_private_key", "the path of an RSA key in PEM, without passphrase; " + path.utf8()
                    + ": " + reason(e));
        }
    }

    private static String reason(Exception failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "No such file or directory";
            case AccessDeniedException _ -> "Permission denied";
            default -> ErrorText.of(failure);
        };
    }

    private static Optional<Duration> seconds(Options options, String key, Duration longest) {
        return options.seconds(key, ListenOptions.SHORTEST, longest);
    }
}
